package import Ledger

/// Where slow work finds chunks that the machine knows to be here, one after the other: a ciphertext is never whole in
/// memory.
package protocol ChunkSource: Sendable {
    /// The chunk of this name.
    ///
    /// - Throws: what the storage throws, above all when it has no such chunk.
    func chunk(_ name: Digest) throws -> [UInt8]
}

extension ChunkSource {
    /// The chunk of this name, its digest checked whatever the storage promises.
    ///
    /// - Throws: `FederationError(.missingChunk)`.
    func read(_ name: Digest) throws(FederationError) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try chunk(name)
        } catch {
            throw FederationError(.missingChunk, "chunk \(name.hex) cannot be read: \(error)")
        }
        guard chunkDigest(bytes) == name else {
            throw FederationError(.missingChunk, "chunk \(name.hex) is damaged: its bytes have another digest")
        }
        return bytes
    }
}
