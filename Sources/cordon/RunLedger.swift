import Federation
import Ledger
import SQLiteStorage
import Simulation

/// The ledger of one run on disk: records in SQLite, ciphertexts beside them, the agreement they were founded on.
struct RunLedger: LedgerBackend, BlobStore {
    let directory: String
    private let store: SQLiteLedgerStore
    private let blobs: BlobDirectory

    /// Keeps the agreement beside the ledger from the start, so that whoever watches the run can execute it again.
    init(directory: String, agreement: Agreement) throws {
        self.directory = directory
        store = try SQLiteLedgerStore(directory: directory, durability: .atSeal)
        blobs = BlobDirectory(directory: directory, durability: .atSeal)
        try store.keep(agreement: agreement.canonicalJSON)
    }

    var storage: RunStorage { RunStorage(ledger: self, blobs: self) }

    func append(_ record: LedgerRecord) throws { try store.append(record, leafHash: record.leafHash) }

    func save(checkpoint note: String) throws { try store.saveCheckpoint(note: note) }

    func put(chunk: [UInt8]) throws { try blobs.put(chunk: chunk) }

    func put(list names: ChunkNames) throws { try blobs.put(list: names) }

    func chunk(_ name: Digest) throws -> [UInt8] { try blobs.chunk(name) }

    /// Seals every file under the coordinator's signature. Nothing can be appended afterwards.
    func seal(_ outcome: RunOutcome) throws {
        try store.seal(checkpoint: outcome.checkpoint, signedBy: outcome.coordinator)
    }
}
