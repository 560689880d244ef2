import ArgumentParser
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
        if json {
            try StandardStreams.write(json: Output(holds: report.holds, report: report))
        } else {
            StandardStreams.write(text(report), to: .standardOutput)
        }
        if !report.holds { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private struct Output: Encodable {
        let holds: Bool
        let report: AuditReport
    }

    private func text(_ report: AuditReport) -> String {
        var lines = report.proved.map { "proved      \($0)" }
        lines += report.notProved.map { "not proved  \($0)" }
        lines += report.findings.map { "WRONG       \($0)" }
        lines.append(
            report.holds
                ? "The ledger holds: \(report.entryCount) entries, \(report.publishedRounds.count) published rounds."
                : "THE LEDGER DOES NOT HOLD: \(report.findings.count) findings.")
        return lines.joined(separator: "\n") + "\n"
    }
}
