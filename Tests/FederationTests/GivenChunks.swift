import Ledger

@testable import Federation

/// A party's chunks in memory.
struct GivenChunks: ChunkSource {
    private(set) var chunks: [Digest: [UInt8]] = [:]

    /// What a storage says that has no such chunk.
    struct Missing: Error {}

    mutating func keep(_ chunk: [UInt8]) { chunks[chunkDigest(chunk)] = chunk }

    mutating func drop(_ name: Digest) { chunks[name] = nil }

    func chunk(_ name: Digest) throws -> [UInt8] {
        guard let chunk = chunks[name] else { throw Missing() }
        return chunk
    }
}
