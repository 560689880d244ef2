/// The names of one ciphertext's chunks in order, with their Merkle tree (RFC 9162, section 2.1): what can be checked
/// of a ciphertext without having it.
package struct ChunkNames: Sendable, Hashable {
    /// Each chunk's leaf hash: the name under which it is stored and fetched.
    package let digests: [Digest]
    private let log: MerkleLog

    package init(_ digests: [Digest]) {
        self.digests = digests
        log = MerkleLog(leafHashes: digests)
    }

    /// A commitment's `ciphertextRoot`.
    package var root: Digest { log.root }

    /// The path from one chunk to the root, with the chunk itself.
    package func proof(of index: Int, holding chunk: [UInt8]) -> ChunkProof {
        guard let path = try? log.inclusionProof(of: index, size: digests.count) else {
            preconditionFailure("chunk \(index) is not among the \(digests.count) of this tree")
        }
        return ChunkProof(chunk: chunk, index: index, chunkCount: digests.count, path: path)
    }
}

/// The name of a chunk: its leaf hash in the Merkle tree of any ciphertext it belongs to.
package func chunkDigest(_ chunk: [UInt8]) -> Digest { MerkleLog.leafHash(chunk) }
