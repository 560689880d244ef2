/// The chunks of one ciphertext with their Merkle tree (RFC 9162, section 2.1): each chunk is hashed once, here.
package struct ChunkTree: Sendable {
    package let chunks: [[UInt8]]
    /// Each chunk's leaf hash: the name under which it is stored and fetched.
    package let names: [Digest]
    private let log: MerkleLog

    package init(_ chunks: [[UInt8]]) {
        self.chunks = chunks
        names = chunks.map(chunkDigest)
        log = MerkleLog(leafHashes: names)
    }

    /// A commitment's `ciphertextRoot`.
    package var root: Digest { log.root }

    /// One chunk with its path to the root.
    package func proof(of index: Int) -> ChunkProof {
        guard let path = try? log.inclusionProof(of: index, size: chunks.count) else {
            preconditionFailure("chunk \(index) is not among the \(chunks.count) of this tree")
        }
        return ChunkProof(chunk: chunks[index], index: index, chunkCount: chunks.count, path: path)
    }
}

/// The name of a chunk: its leaf hash in the Merkle tree of any ciphertext it belongs to.
package func chunkDigest(_ chunk: [UInt8]) -> Digest { MerkleLog.leafHash(chunk) }

/// The Merkle root over the bytes of `chunks`, in order.
package func merkleRoot(ofChunks chunks: [[UInt8]]) -> Digest { ChunkTree(chunks).root }
