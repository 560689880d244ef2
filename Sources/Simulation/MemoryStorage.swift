import Federation
package import Ledger
import Synchronization

/// A ledger and chunks that live as long as the process: for runs nobody wants to keep.
package final class MemoryStorage: LedgerBackend, BlobStore {
    private struct Kept {
        var records: [LedgerRecord] = []
        var chunks: [Digest: [UInt8]] = [:]
        var checkpoint: String?
    }

    private let kept = Mutex(Kept())

    package init() {}

    package func append(_ record: LedgerRecord) { kept.withLock { $0.records.append(record) } }
    package func save(checkpoint note: String) { kept.withLock { $0.checkpoint = note } }
    package func put(ciphertext chunks: [[UInt8]]) {
        kept.withLock { kept in
            for chunk in chunks { kept.chunks[chunkDigest(chunk)] = chunk }
        }
    }

    package var records: [LedgerRecord] { kept.withLock { $0.records } }
    package var checkpoint: String? { kept.withLock { $0.checkpoint } }
    package func chunk(_ digest: Digest) -> [UInt8]? { kept.withLock { $0.chunks[digest] } }
}

extension RunStorage {
    /// Storage that forgets with the process.
    package static var inMemory: RunStorage {
        let memory = MemoryStorage()
        return RunStorage(ledger: memory, blobs: memory)
    }
}
