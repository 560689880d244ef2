import Ledger
import SQLiteStorage

/// Where a node keeps what must outlive it.
struct NodeFiles: Sendable {
    let directory: String

    init(directory: String) { self.directory = directory }

    /// The ledger, or this party's copy of it: `cordon ledger verify` reads it.
    var ledgerDirectory: String { "\(directory)/ledger" }
    var journalPath: String { "\(directory)/state/journal.sqlite" }
    var secretsDirectory: String { "\(directory)/state/secrets" }
    /// A hospital's chunks lie beside its state; the coordinator's beside the ledger, for auditors.
    var stateDirectory: String { "\(directory)/state" }

    func journal(of party: String, in federation: Digest) throws -> EventJournal {
        try EventJournal(path: journalPath, federation: federation, party: party)
    }
}
