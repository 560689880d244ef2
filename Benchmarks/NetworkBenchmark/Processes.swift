import ArgumentParser
import Federation
import FederationService
import Foundation
import HomomorphicEncryption
import Ledger
import Logging
import Operations
import Synchronization

/// The coordinator of the benchmark; prints how long each phase took, and its own peak memory.
struct CoordinatorProcess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "coordinator")

    @OptionGroup var run: RunOptions

    func run() async throws {
        LargeBlocks.giveBack()
        let federation = try BenchmarkedFederation(members: run.members, dimension: run.dimension)
        let phases = Mutex<[(name: String, start: Date, peakKilobytes: Int)]>([])
        let node = try CoordinatorNode(
            agreement: federation.agreement, identity: federation.coordinator, initialModel: federation.initialModel,
            directory: run.directory, settings: TransportSettings(stallSeconds: 120), keepsCiphertexts: true,
            log: benchmarkLog, now: { Date() }
        ) { event in
            switch event {
            case .entered(let phase, _): phases.withLock { $0.append(("\(phase)", Date(), peakKilobytes())) }
            case .ended(_, let ending):
                phases.withLock { $0.append(("end", Date(), peakKilobytes())) }
                say("ended: \(ending)")
            case .restored, .opened, .adopted, .reported, .finished: break
            }
        }
        let first = Mutex<Date?>(nil)
        let watch = Task {
            while !FileManager.default.fileExists(atPath: "\(run.directory)/ledger/blobs") {
                try await Task.sleep(for: .milliseconds(5))
            }
            first.withLock { $0 = Date() }
        }
        try await node.run(host: "127.0.0.1", port: run.port, enrolment: nil) { _ in say("listening") }
        watch.cancel()
        let times = phases.withLock { $0 }
        for (phase, next) in zip(times, times.dropFirst()) {
            say(
                "phase \(phase.name) \(next.start.timeIntervalSince(phase.start)) s, "
                    + "peak so far \(next.peakKilobytes / 1024) MiB")
        }
        // A coordinator that was started again in the first phase: what is left of that is the transfer.
        if let begun = first.withLock({ $0 }), let reveal = times.first(where: { $0.name == "reveal" }) {
            say("transferSeconds \(reveal.start.timeIntervalSince(begun))")
        }
        say("ciphertextBytes \(federation.agreement.encryption.ciphertextBytes * run.members)")
        say("peakKilobytes \(peakKilobytes())")
    }
}

/// One hospital of the benchmark.
struct HospitalProcess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "hospital")

    @OptionGroup var run: RunOptions
    @Option var member: Int

    func run() async throws {
        let federation = try BenchmarkedFederation(members: run.members, dimension: run.dimension)
        let node = try HospitalNode(
            agreement: federation.agreement, identity: federation.hospitals[member],
            initialModel: federation.initialModel, trainer: DrawnTrainer(member: member, dimension: run.dimension),
            randomness: .system, directory: run.directory, coordinator: ("127.0.0.1", run.port),
            settings: TransportSettings(stallSeconds: 120, retrySecondsMax: 1), log: benchmarkLog, now: { Date() },
            observe: { if case .opened = $0 { say("opened") } })
        try await node.run()
        say("peakKilobytes \(peakKilobytes())")
    }
}

/// Lines on standard error.
let benchmarkLog = OperationalLog(
    Logger(label: "benchmark") { _ in
        PlainLineLogHandler(now: { Date() }) { FileHandle.standardError.write(Data($0.utf8)) }
    })

/// The process's largest resident memory so far, from the kernel.
func peakKilobytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
}

/// A line on standard output, at once: who reads it may wait for it.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
