import Ledger
import SQLiteStorage

/// Reads a node's ledger as an auditor does.
enum LedgerAuditRecords {
    static func read(_ directory: String) throws -> [LedgerRecord] {
        try LedgerAudit.storedRecords(directory: directory)
    }

    static func note(_ directory: String) throws -> SignedNote { try LedgerAudit.storedNote(directory: directory) }
}
