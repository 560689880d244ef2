package import Ledger

/// What a hospital writes down before it speaks. A restored or restarted hospital reads it before it opens anything.
package enum JournalRecord: Sendable, Hashable {
    /// The round's public polynomials and one-time key are used from here on: a second contribution is refused.
    case roundUsed(round: UInt32)
    /// Spent and committed: the same bytes are sent again, never others.
    case contributed(round: UInt32, update: Digest, ciphertextRoot: Digest, spend: PrivacySpend)
    /// Openings 1 and 2 were answered for this closed set.
    case answered(round: UInt32, beacon: Digest, closedSet: [Int])
    /// Opening 3 was answered for this accepted set.
    case sumShareReleased(round: UInt32, accepted: [Int], answer: Digest)
    /// The round is over here: keys, shares, masks and polynomials are erased.
    case erased(round: UInt32)
}
