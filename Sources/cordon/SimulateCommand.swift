import ArgumentParser
import Foundation
import Report
import Simulation

/// `cordon simulate`: a whole federation on this machine, with real cryptography.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run a whole federation on this machine, with real cryptography.",
        discussion: """
            Divides images over hospitals, trains round by round under encryption, verdicts and ledger, and writes \
            report.html, summary.json, model.safetensors and ledger/ into --out. The same seed gives the same model \
            and the same ledger.

            EXAMPLES
              cordon simulate --out run --privacy epsilon=8
              cordon simulate --data manifest.csv --out run --hospitals 5 --rounds 20 --baselines
              cordon simulate --out run --attackers 1 --attack scaling --defence off
              cordon simulate --out run --ledger evm --rpc http://127.0.0.1:8545
              cordon simulate --out run --vanish 1@sum --network loss=0.05,delay=20

            \(ExitStatus.table)
            """)

    @OptionGroup var flags: SimulationFlags

    func run() async throws {
        let options = try flags.options()
        let directory = try OutputDirectory(making: options.outputDirectory)
        let simulation = try PreparedSimulation(
            options, decoding: try ImagesWorkerCommand.decoding,
            environment: ProcessInfo.processInfo.environment,
            progress: TerminalProgress(isQuiet: options.printsJSON))
        let chain = try flags.chain.ledger(of: simulation)
        // Only now that there is something to run does an earlier run give way.
        try directory.clear()
        let ledger = try RunLedger(directory: "\(directory.path)/ledger", agreement: simulation.agreement, chain: chain)
        let outcome = try await simulation.run(storage: ledger.storage)
        try ledger.seal(outcome)
        let audit = try LedgerVerification.run(directory: ledger.directory)
        let summary = outcome.summary.verified(by: audit).on(chain)
        try directory.write(summary, outcome)
        if options.printsJSON {
            StandardStreams.write(String(decoding: try summary.json(), as: UTF8.self), to: .standardOutput)
        } else {
            StandardStreams.write("\n" + renderTable(summary) + "\n", to: .standardOutput)
            StandardStreams.write("report   \(directory.path)/report.html\n", to: .standardOutput)
            StandardStreams.write("verify   cordon ledger verify \(directory.path)/ledger\n", to: .standardOutput)
        }
    }
}
