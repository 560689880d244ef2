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

    /// Proofs of every chunk, in order; each chunk is hashed once.
    package static func all(of chunks: [[UInt8]]) -> [ChunkProof] {
        let log = MerkleLog(leafHashes: chunks.map(MerkleLog.leafHash))
        return chunks.enumerated().map { index, chunk in
            guard let path = try? log.inclusionProof(of: index, size: chunks.count) else {
                preconditionFailure("every chunk of a log is in it")
            }
            return ChunkProof(chunk: chunk, index: index, chunkCount: chunks.count, path: path)
        }
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
