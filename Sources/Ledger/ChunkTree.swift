/// The chunks of one ciphertext with their names: each chunk is hashed once, here.
package struct ChunkTree: Sendable {
    package let chunks: [[UInt8]]
    package let names: ChunkNames

    package init(_ chunks: [[UInt8]]) {
        self.chunks = chunks
        names = ChunkNames(chunks.map(chunkDigest))
    }

    /// A commitment's `ciphertextRoot`.
    package var root: Digest { names.root }

    /// One chunk with its path to the root.
    package func proof(of index: Int) -> ChunkProof { names.proof(of: index, holding: chunks[index]) }
}

/// The Merkle root over the bytes of `chunks`, in order.
package func merkleRoot(ofChunks chunks: [[UInt8]]) -> Digest { ChunkTree(chunks).root }
