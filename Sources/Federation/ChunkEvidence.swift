package import Ledger

/// One chunk of a committed ciphertext with its Merkle path: anybody can check that this is what was committed.
package struct ChunkEvidence: Sendable, Hashable {
    package let member: Int
    package let proof: ChunkProof

    package var index: UInt32 { UInt32(proof.index) }
    package var chunk: [UInt8] { proof.chunk }

    package init(member: Int, proof: ChunkProof) {
        self.member = member
        self.proof = proof
    }

    package func belongs(to commitment: Commitment) -> Bool {
        proof.chunkCount == Int(commitment.blockCount) && proof.isValid(root: commitment.ciphertextRoot)
    }
}
