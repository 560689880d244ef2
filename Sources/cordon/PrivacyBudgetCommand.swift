import ArgumentParser
import Foundation
import Ledger
import SQLiteStorage

/// `cordon privacy budget`: what every hospital has spent of its patients' budget, from the ledger.
struct PrivacyBudgetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "budget",
        abstract: "Show what each hospital has spent of its ε, and what is left, from a ledger.",
        discussion: """
            Reads the commitments on the ledger: each carries the whole ε after its update, and the contract refuses \
            one above the budget. Whether the ledger itself holds, `cordon ledger verify` says.

            EXAMPLES
              cordon privacy budget run/ledger
              cordon privacy budget run/ledger --json

            \(ExitStatus.table)
            """)

    @Argument(help: ArgumentHelp("The ledger's directory.", valueName: "directory"))
    var directory: String

    @Flag(help: "Print the budgets as JSON.")
    var json = false

    func run() throws {
        let table = try PrivacyBudgetTable(LedgerAudit.storedRecords(directory: directory), of: directory)
        if json { return try StandardStreams.write(json: table) }
        StandardStreams.write(table.text, to: .standardOutput)
    }
}
