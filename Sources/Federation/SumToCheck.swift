package import Ledger
package import SecureAggregation

/// What a hospital needs to check an opened sum and its share of the blocks.
package struct SumToCheck: Sendable {
    package let round: ClosedRound
    package let judgement: Judgement
    /// Names of the encrypted sum's blocks, as the coordinator sent them.
    package let blocks: ChunkNames
    package let keyAnswers: [Int: KeyShareSum]
    package let posted: PostedSum
    /// Blocks this hospital is asked to recompute, with the name of every accepted member's chunk.
    package let assigned: [UInt32: [Digest]]
    package let base: [Float]
}

/// Digests of the sum as the ledger has them.
package struct PostedSum: Sendable, Hashable {
    package let encryptedRoot: Digest
    package let keyDigest: Digest
    package let decryptedDigest: Digest
}
