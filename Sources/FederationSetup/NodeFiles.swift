package import Ledger
package import SQLiteStorage

/// Where a node keeps what must outlive it.
package struct NodeFiles: Sendable {
    package let directory: String

    package init(directory: String) { self.directory = directory }

    /// The ledger, or this party's copy of it: `cordon ledger verify` reads it.
    package var ledgerDirectory: String { "\(directory)/ledger" }
    package var journalPath: String { "\(directory)/state/journal.sqlite" }
    package var secretsDirectory: String { "\(directory)/state/secrets" }
    /// A hospital's chunks lie beside its state; the coordinator's beside the ledger, for auditors.
    package var stateDirectory: String { "\(directory)/state" }

    package func journal(of party: String, in federation: Digest) throws -> EventJournal {
        try EventJournal(path: journalPath, federation: federation, party: party)
    }
}
