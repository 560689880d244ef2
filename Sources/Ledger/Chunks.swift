/// The name under which a chunk of a ciphertext is stored and fetched.
package func chunkDigest(_ chunk: [UInt8]) -> Digest { Digest.of(chunk, domain: "cordon/chunk/v1") }

/// The RFC 9162 Merkle root over the bytes of `chunks`, in order: a commitment's `ciphertextRoot`.
package func merkleRoot(ofChunks chunks: [[UInt8]]) -> Digest {
    MerkleLog(leafHashes: chunks.map(MerkleLog.leafHash)).root
}

/// A chunk with its path to the root: one side of a fraud proof about a block.
package struct ChunkProof: Hashable, Sendable, Codable {
    package let chunk: [UInt8]
    package let index: Int
    package let chunkCount: Int
    package let path: [Digest]

    /// - Throws: `LedgerError` `.invalidProof` if there is no such chunk.
    package init(of index: Int, in chunks: [[UInt8]]) throws(LedgerError) {
        path = try MerkleLog(leafHashes: chunks.map(MerkleLog.leafHash)).inclusionProof(of: index, size: chunks.count)
        chunk = chunks[index]
        self.index = index
        chunkCount = chunks.count
    }

    /// A proof as it came over the wire, to be checked.
    package init(chunk: [UInt8], index: Int, chunkCount: Int, path: [Digest]) {
        self.chunk = chunk
        self.index = index
        self.chunkCount = chunkCount
        self.path = path
    }

    package func isValid(root: Digest) -> Bool {
        MerkleLog.isIncluded(
            leafHash: MerkleLog.leafHash(chunk), index: index, size: chunkCount, proof: path, root: root)
    }
}
