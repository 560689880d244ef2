import Federation
import Ledger
import Synchronization

/// A ledger and chunks that live as long as the process: for runs nobody wants to keep.
final class MemoryStorage: LedgerBackend, BlobStore {
    private struct Kept {
        var records: [LedgerRecord] = []
        var chunks: [Digest: [UInt8]] = [:]
        var checkpoint: String?
    }

    private let kept = Mutex(Kept())

    init() {}

    func append(_ record: LedgerRecord) { kept.withLock { $0.records.append(record) } }
    func save(checkpoint note: String) { kept.withLock { $0.checkpoint = note } }
    func put(ciphertext tree: ChunkTree) {
        kept.withLock { kept in
            for (name, chunk) in zip(tree.names, tree.chunks) { kept.chunks[name] = chunk }
        }
    }

    var records: [LedgerRecord] { kept.withLock { $0.records } }
    var checkpoint: String? { kept.withLock { $0.checkpoint } }
    func chunk(_ digest: Digest) -> [UInt8]? { kept.withLock { $0.chunks[digest] } }
}
