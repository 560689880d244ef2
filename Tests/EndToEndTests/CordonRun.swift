import Foundation
import Testing

/// One ended run of the built binary: its streams and how it ended.
struct CordonRun {
    let standardOutput: Data
    let standardError: String
    /// The exit code; nil when a signal ended it.
    let status: Int32?

    var output: String { String(decoding: standardOutput, as: UTF8.self) }

    /// A run that takes longer hangs.
    static let patienceSeconds = 60.0

    /// Runs `cordon` and waits for its end.
    init(_ arguments: [String], in scratch: Scratch, environment: [String: String] = [:]) throws {
        try self.init(
            program: try Self.binary().path, arguments, in: scratch, environment: environment)
    }

    /// Runs a shell script in which `$CORDON` is the binary.
    init(script: String, in scratch: Scratch, patienceSeconds: Double = Self.patienceSeconds) throws {
        try self.init(
            program: "/bin/sh", ["-c", script], in: scratch, environment: ["CORDON": try Self.binary().path],
            patienceSeconds: patienceSeconds)
    }

    /// Runs `cordon` until `text` shows on its standard output, then sends it a signal and waits for its end.
    init(_ arguments: [String], in scratch: Scratch, signal: Int32, afterShowing text: String) throws {
        try self.init(program: try Self.binary().path, arguments, in: scratch, environment: [:]) { process, output in
            let deadline = Date(timeIntervalSinceNow: Self.patienceSeconds)
            while !(try String(contentsOf: output, encoding: .utf8).contains(text)) {
                try #require(process.isRunning && Date() < deadline, "the run never showed \"\(text)\"")
                Thread.sleep(forTimeInterval: 0.01)
            }
            kill(process.processIdentifier, signal)
        }
    }

    private init(
        program: String, _ arguments: [String], in scratch: Scratch, environment: [String: String],
        patienceSeconds: Double = Self.patienceSeconds, meanwhile: (Process, URL) throws -> Void = { _, _ in }
    ) throws {
        let names = ["stdout", "stderr"].map { scratch.url("\($0)-\(UUID().uuidString)") }
        for name in names { try Data().write(to: name) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = scratch.root
        var whole = ProcessInfo.processInfo.environment
        whole["CORDON_DATA"] = nil
        process.environment = whole.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: names[0])
        process.standardError = try FileHandle(forWritingTo: names[1])
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        do {
            try meanwhile(process, names[0])
        } catch {
            kill(process.processIdentifier, SIGKILL)
            throw error
        }
        if ended.wait(timeout: .now() + patienceSeconds) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            Issue.record("cordon \(arguments.joined(separator: " ")) hangs")
            ended.wait()
        }
        standardOutput = try Data(contentsOf: names[0])
        standardError = try String(contentsOf: names[1], encoding: .utf8)
        status = process.terminationReason == .exit ? process.terminationStatus : nil
    }

    /// The product beside the test bundle that is running.
    private static func binary() throws -> URL {
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let binary = URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("cordon")
        try #require(
            FileManager.default.isExecutableFile(atPath: binary.path), "\(binary.path) is not built: swift build first")
        return binary
    }
}
