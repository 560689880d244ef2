import ArgumentParser
import Foundation
import Ledger
import SQLiteStorage

/// `cordon ledger witnesses`: the hospitals of a ledger as a witness policy.
struct LedgerWitnessesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witnesses",
        abstract: "Print the hospitals of a ledger as a policy for --policy.",
        discussion: """
            The keys come from the ledger itself. Compare each with what its hospital publishes before you trust a \
            ledger by this file: whoever invents a ledger invents its hospitals too.

            EXAMPLE
              cordon ledger witnesses run/ledger > witnesses.yaml
            """)

    @Argument(help: ArgumentHelp("The ledger's directory.", valueName: "directory"))
    var directory: String

    @Flag(help: "Print the policy as JSON.")
    var json = false

    private struct Output: Encodable {
        let quorum: Int
        let corruptible: Int
        let witnesses: [String]
    }

    func run() throws {
        guard case .foundation(let foundation)? = try LedgerAudit.storedRecords(directory: directory).first?.entry()
        else { throw CommandFailure(.badData, "\(directory): the ledger begins with no foundation") }
        let policy = try WitnessPolicy(foundation: foundation)
        if json {
            try StandardStreams.write(
                json: Output(
                    quorum: policy.quorum, corruptible: policy.corruptible, witnesses: policy.witnesses.map(\.text)))
        } else {
            StandardStreams.write(WitnessPolicyFile.text(policy), to: .standardOutput)
        }
    }
}
