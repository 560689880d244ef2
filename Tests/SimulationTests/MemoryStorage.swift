import Federation
import Ledger
import Simulation
import Synchronization

/// A ledger and chunks that live as long as the process: for runs nobody wants to keep.
final class MemoryStorage: LedgerBackend, BlobStore {
    private struct Kept {
        var records: [LedgerRecord] = []
        var chunks: [Digest: [UInt8]] = [:]
        var lists: [Digest: ChunkNames] = [:]
        var checkpoint: String?
    }

    private let kept = Mutex(Kept())

    init() {}

    func append(_ record: LedgerRecord) { kept.withLock { $0.records.append(record) } }
    func save(checkpoint note: String) { kept.withLock { $0.checkpoint = note } }
    func put(chunk: [UInt8]) { kept.withLock { $0.chunks[chunkDigest(chunk)] = chunk } }
    func put(list names: ChunkNames) { kept.withLock { $0.lists[names.root] = names } }

    var records: [LedgerRecord] { kept.withLock { $0.records } }
    var checkpoint: String? { kept.withLock { $0.checkpoint } }
    func chunk(_ name: Digest) throws -> [UInt8] {
        guard let chunk = kept.withLock({ $0.chunks[name] }) else {
            throw SimulationError(.internalFailure, "no chunk \(name.hex)")
        }
        return chunk
    }
    /// Whether all chunks of the ciphertext with this root are here.
    func hasCiphertext(_ root: Digest) -> Bool {
        kept.withLock { kept in kept.lists[root]?.digests.allSatisfy { kept.chunks[$0] != nil } ?? false }
    }
}
