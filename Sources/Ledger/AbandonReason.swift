/// Why a round ends before its sum was opened. The raw values are part of the ledger's format.
package enum AbandonReason: UInt8, Hashable, Sendable, Codable, CaseIterable {
    /// Fewer than t commitments when the round could close.
    case tooFewCommitments = 1
    /// Fewer than t members left in U.
    case tooFewReveals = 2
    /// Fewer members left than a sum may be made of.
    case tooFewAccepted = 3
    /// The phase's deadline passed.
    case deadline = 4
}
