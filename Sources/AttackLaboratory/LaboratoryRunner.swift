import Foundation
import MedicalImaging
package import Report

/// Makes the runs of a suite, several at a time, and keeps each where the next start finds it.
package struct LaboratoryRunner: Sendable {
    /// Where the runs lie, one file each, named by scenario and version.
    private let directory: URL
    private let version: String
    private let workers: Int

    /// - Parameter workers: Runs at a time, one a core.
    /// - Throws: Foundation's error when the directory cannot be made.
    package init(directory: String, version: String, workers: Int) throws {
        self.directory = URL(fileURLWithPath: directory, isDirectory: true)
        self.version = version
        self.workers = max(1, workers)
        try FileManager.default.createDirectory(at: self.directory, withIntermediateDirectories: true)
    }

    /// - Parameter progress: Called after each run with those done, those in all, and seconds left by the pace so far.
    /// - Returns: The runs in the order of the scenarios.
    package func run(
        _ scenarios: [LaboratoryScenario], bench: LaboratoryBench, progress: @Sendable (Int, Int, Double) -> Void
    ) async throws -> [AttackRun] {
        var runs: [Int: AttackRun] = [:]
        for (index, scenario) in scenarios.enumerated() {
            if let known = kept(scenario, of: bench) { runs[index] = known }
        }
        let open = scenarios.indices.filter { runs[$0] == nil }
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: (Int, AttackRun).self) { group in
            var waiting = open.makeIterator()
            func startNext() {
                guard let index = waiting.next() else { return }
                let scenario = scenarios[index]
                group.addTask {
                    try Task.checkCancellation()
                    let run = try runLaboratory(scenario, bench: bench)
                    try keep(run, of: scenario, bench: bench)
                    return (index, run)
                }
            }
            for _ in 0..<workers { startNext() }
            var done = 0
            while let (index, run) = try await group.next() {
                runs[index] = run
                done += 1
                let elapsed = ContinuousClock.now - start
                let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
                progress(runs.count, scenarios.count, seconds / Double(done) * Double(open.count - done))
                startNext()
            }
        }
        return scenarios.indices.compactMap { runs[$0] }
    }

    private func file(_ scenario: LaboratoryScenario, _ bench: LaboratoryBench) -> URL {
        let digest = bench.images.digest.prefix(6).map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()
        return directory.appendingPathComponent("\(scenario.name)-\(digest)-\(version).json")
    }

    /// A run of an earlier start; a file that was cut off in the writing is made again.
    private func kept(_ scenario: LaboratoryScenario, of bench: LaboratoryBench) -> AttackRun? {
        guard let data = try? Data(contentsOf: file(scenario, bench)) else { return nil }
        return try? JSONDecoder().decode(AttackRun.self, from: data)
    }

    private func keep(_ run: AttackRun, of scenario: LaboratoryScenario, bench: LaboratoryBench) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try encoder.encode(run).write(to: file(scenario, bench), options: .atomic)
    }
}
