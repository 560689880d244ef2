import EthereumLedger
import Federation
import Ledger
import SQLiteStorage
import Simulation

/// The ledger of one run on disk: records in SQLite, ciphertexts beside them, the agreement they were founded on.
struct RunLedger: LedgerBackend, BlobStore {
    let directory: String
    private let store: SQLiteLedgerStore
    private let blobs: BlobDirectory
    private let chain: EthereumLedger?

    /// Keeps the agreement beside the ledger from the start, so that whoever watches the run can execute it again.
    ///
    /// - Parameter chain: the contract that must take every record first; where it lies is kept beside the ledger too.
    init(directory: String, agreement: Agreement, chain: EthereumLedger?) throws {
        self.directory = directory
        store = try SQLiteLedgerStore(directory: directory, durability: .atSeal)
        blobs = BlobDirectory(directory: directory, durability: .atSeal)
        self.chain = chain
        try store.keep(agreement: agreement.canonicalJSON)
        if let chain { try ChainVerification.keep(chain.deployment, in: directory) }
    }

    var storage: RunStorage { RunStorage(ledger: self, blobs: self) }

    func append(_ record: LedgerRecord) throws {
        try chain?.append(record)
        try store.append(record, leafHash: record.leafHash)
    }

    func save(checkpoint note: String) throws { try store.saveCheckpoint(note: note) }

    func put(chunk: [UInt8]) throws { try blobs.put(chunk: chunk) }

    func put(list names: ChunkNames) throws { try blobs.put(list: names) }

    func chunk(_ name: Digest) throws -> [UInt8] { try blobs.chunk(name) }

    /// Seals every file under the coordinator's signature. Nothing can be appended afterwards.
    func seal(_ outcome: RunOutcome) throws {
        try store.seal(checkpoint: outcome.checkpoint, signedBy: outcome.coordinator)
    }
}
