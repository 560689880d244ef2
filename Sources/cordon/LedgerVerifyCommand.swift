import ArgumentParser
import EthereumLedger
import Foundation
import SQLiteStorage

/// `cordon ledger verify`: replays everything and says in plain words what it proved and what it could not.
struct LedgerVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Replay a ledger offline; exits 0 only if all of it holds.",
        discussion: """
            Checks every signature, every byte against the Merkle tree, the checkpoint and the seal; runs the contract \
            again from the first entry; recomputes every encrypted sum from the ciphertexts.

            EXAMPLES
              cordon ledger verify run/ledger
              cordon ledger verify run/ledger --checkpoint kept-elsewhere.txt --json
              cordon ledger verify run/ledger --policy witnesses.yaml
              cordon ledger verify run/ledger --rpc http://127.0.0.1:8545
            """)

    @Argument(help: ArgumentHelp("The ledger's directory.", valueName: "directory"))
    var directory: String

    @Option(
        help: ArgumentHelp(
            "A checkpoint somebody else kept: proves that history was not rewritten since.", valueName: "file"))
    var checkpoint: String?

    @Option(
        help: ArgumentHelp(
            "The witnesses that must have cosigned the checkpoint (see cordon help ledger witnesses).",
            valueName: "file"))
    var policy: String?

    @Option(
        help: ArgumentHelp(
            "A node of the chain on which the ledger's contract lies (chain.json): compares its code, its entries and "
                + "its state with what is here.", valueName: "url"))
    var rpc: String?

    @Flag(help: "Print the findings as JSON.")
    var json = false

    func run() throws {
        let kept = try checkpoint.map { path in
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandFailure(.missingInput, "--checkpoint \(path): the file cannot be read")
            }
            return String(decoding: data, as: UTF8.self)
        }
        let report = try LedgerVerification.run(
            directory: directory, keptCheckpoint: kept, policy: try policy.map(WitnessPolicyFile.read))
        let chain = try rpc.map { try ChainVerification.run(directory: directory, rpc: $0) }
        let holds = report.holds && chain?.findings.isEmpty != false
        if json {
            try StandardStreams.write(json: Output(holds: holds, report: report, chain: chain))
        } else {
            StandardStreams.write(text(report, chain, holds), to: .standardOutput)
        }
        if !holds { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private struct Output: Encodable {
        let holds: Bool
        let report: AuditReport
        let chain: ChainAudit?
    }

    private func text(_ report: AuditReport, _ chain: ChainAudit?, _ holds: Bool) -> String {
        var lines = (report.proved + (chain?.proved ?? [])).map { "proved      \($0)" }
        lines += (report.notProved + (chain?.notProved ?? [])).map { "not proved  \($0)" }
        lines += report.findings.map { "WRONG       \($0)" }
        lines += (chain?.findings ?? []).map { "WRONG       \($0)" }
        if let gas = chain?.gas {
            lines += gas.rounds.enumerated().map { "gas         round \($0 + 1): \($1)" }
            lines.append("gas         in all: \(gas.total)")
        }
        let findings = report.findings.count + (chain?.findings.count ?? 0)
        lines.append(
            holds
                ? "The ledger holds: \(report.entryCount) entries, \(report.publishedRounds.count) published rounds."
                : "THE LEDGER DOES NOT HOLD: \(findings) findings.")
        return lines.joined(separator: "\n") + "\n"
    }
}
