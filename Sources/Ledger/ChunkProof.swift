/// A chunk with its path to the root: one side of a fraud proof about a block.
package struct ChunkProof: Hashable, Sendable, Codable {
    package let chunk: [UInt8]
    package let index: Int
    package let chunkCount: Int
    package let path: [Digest]

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
