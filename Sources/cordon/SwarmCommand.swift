import ArgumentParser
import Foundation
import Simulation

/// `cordon swarm`: many small federations under faults and lies, each watched by checkers of the invariants.
struct SwarmCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swarm",
        abstract: "Put many simulated federations under faults and lies, and check the invariants of each.",
        discussion: """
            Each seed decides everything: who takes part, what the network loses, doubles, delays and cuts, whose \
            clock is wrong, who dies in the middle of what and starts again from its journal, and who lies. Machines, \
            cryptography, ledger and journals are the real ones; images and processes are not (see \
            Documentation/Decisions/0015-the-swarm.md). A finding names its seed, and --trace plays it again.

            EXAMPLES
              cordon swarm --seeds 0..<1000
              cordon swarm --trace 4711
              cordon swarm --seeds 0..<100 --json

            \(ExitStatus.table)
            """)

    @Option(help: ArgumentHelp("Which seeds to run: one, or FIRST..<END.", valueName: "seeds"))
    var seeds = "0..<100"

    @Option(help: ArgumentHelp("Run this one seed and tell what happens, line by line.", valueName: "seed"))
    var trace: UInt64?

    @Option(help: "How many runs go on at the same time.")
    var workers = 2

    @Flag(help: "Run every seed twice and compare: what is found there is a hidden clock or generator.")
    var twice = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        guard (1...256).contains(workers) else {
            throw CommandFailure(.usage, "--workers \(workers): a number from 1 to 256 is needed")
        }
        if let trace {
            try show(try Swarm.run(seed: trace, isTraced: true))
            return
        }
        let range = try parsedSeeds()
        let started = ContinuousClock.now
        let tally = await Swarm.run(seeds: range, workers: workers, twice: twice) { outcome in
            for violation in outcome.violations {
                StandardStreams.write(
                    "seed \(outcome.seed): \(violation.invariant): \(violation.description)\n", to: .standardError)
            }
        }
        let seconds = (ContinuousClock.now - started) / .seconds(1)
        if json {
            try StandardStreams.write(json: Output(tally: tally, seconds: seconds))
        } else {
            StandardStreams.write(text(tally, seconds), to: .standardOutput)
        }
        if !tally.failedSeeds.isEmpty { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private struct Output: Encodable {
        let tally: SwarmTally
        let seconds: Double
    }

    private func parsedSeeds() throws -> Range<UInt64> {
        let bounds = seeds.split(separator: "..<", omittingEmptySubsequences: false).map { UInt64($0) }
        if bounds.count == 1, let only = bounds[0], only < .max { return only..<only + 1 }
        guard bounds.count == 2, let first = bounds[0], let end = bounds[1], first < end else {
            throw CommandFailure(.usage, "--seeds \(seeds): write one seed, or FIRST..<END, for instance 0..<1000")
        }
        return first..<end
    }

    private func show(_ outcome: SwarmOutcome) throws {
        if json {
            try StandardStreams.write(json: outcome)
        } else {
            let lines = ["seed \(outcome.seed): \(outcome.scenario)", ""] + outcome.trace + ["", outcome.summary]
            StandardStreams.write(lines.joined(separator: "\n") + "\n", to: .standardOutput)
        }
        if !outcome.violations.isEmpty { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private func text(_ tally: SwarmTally, _ seconds: Double) -> String {
        let rate = (seconds * 1000 / Double(max(1, tally.runs)) * 10).rounded() / 10
        var lines = [
            "\(tally.runs) federations in \((seconds * 10).rounded() / 10) s (\(rate) ms each): "
                + "\(tally.published) rounds published, \(tally.abandoned) abandoned, \(tally.rolledBack) rolled back",
            "\(tally.deaths) deaths, \(tally.replayedEvents) events replayed, \(tally.messages) messages sent, "
                + "\(tally.lost) lost; \(tally.simulatedHours) hours of simulated time",
        ]
        lines.append(
            tally.failedSeeds.isEmpty
                ? "Every invariant held in all of them."
                : "INVARIANTS DID NOT HOLD with seeds \(tally.failedSeeds.map(String.init).joined(separator: ", ")); "
                    + "play one again with: cordon swarm --trace \(tally.failedSeeds[0])")
        return lines.joined(separator: "\n") + "\n"
    }
}
