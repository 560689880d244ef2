package import Ledger
package import SecureAggregation

/// What a hospital needs to check an opened sum and its share of the blocks.
package struct SumToCheck: Sendable {
    package let round: ClosedRound
    package let judgement: Judgement
    package let blocks: [[UInt8]]
    package let keyAnswers: [Int: KeyShareSum]
    package let posted: PostedSum
    /// Blocks this hospital is asked to recompute, with every accepted member's chunk.
    package let assigned: [UInt32: [ChunkEvidence]]
    package let base: [Float]
}

/// Digests of the sum as the ledger has them.
package struct PostedSum: Sendable, Hashable {
    package let encryptedRoot: Digest
    package let keyDigest: Digest
    package let decryptedDigest: Digest
}
