import Federation
import Ledger
import SQLiteStorage
import Simulation

/// The ledger of one run on disk: records in SQLite, ciphertexts beside them, the agreement they were founded on.
struct RunLedger: LedgerBackend, BlobStore {
    let directory: String
    private let store: SQLiteLedgerStore
    private let blobs: BlobDirectory

    init(directory: String) throws {
        self.directory = directory
        store = try SQLiteLedgerStore(directory: directory, durability: .atSeal)
        blobs = BlobDirectory(directory: directory, durability: .atSeal)
    }

    var storage: RunStorage { RunStorage(ledger: self, blobs: self) }

    func append(_ record: LedgerRecord) throws { try store.append(record, leafHash: record.leafHash) }

    func save(checkpoint note: String) throws { try store.saveCheckpoint(note: note) }

    func put(chunk: [UInt8]) throws { try blobs.put(chunk: chunk) }

    func put(list names: ChunkNames) throws { try blobs.put(list: names) }

    func chunk(_ name: Digest) throws -> [UInt8] { try blobs.chunk(name) }

    /// Keeps the agreement as a chunk named by the ledger's foundation, and seals every file under the coordinator's
    /// signature. Nothing can be appended afterwards.
    func seal(_ outcome: RunOutcome) throws {
        try LedgerVerification.keep(outcome.agreement, in: blobs)
        try store.seal(checkpoint: outcome.checkpoint, signedBy: outcome.coordinator)
    }
}
