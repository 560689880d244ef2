package import Ledger

/// One chunk of a committed ciphertext with its Merkle path: anybody can check that this is what was committed.
package struct ChunkEvidence: Sendable, Hashable {
    package let member: Int
    package let index: UInt32
    package let chunk: [UInt8]
    package let path: [Digest]

    package init(member: Int, index: UInt32, chunk: [UInt8], path: [Digest]) {
        self.member = member
        self.index = index
        self.chunk = chunk
        self.path = path
    }

    /// Evidence for one chunk of a contribution.
    package init(of chunks: [[UInt8]], index: Int, member: Int) {
        self.init(
            member: member, index: UInt32(index), chunk: chunks[index],
            path: chunkInclusionProof(index: index, of: chunks))
    }

    package func belongs(to commitment: Commitment) -> Bool {
        index < commitment.blockCount
            && isIncluded(
                chunk: chunk, index: Int(index), count: Int(commitment.blockCount), path: path,
                root: commitment.ciphertextRoot)
    }
}
