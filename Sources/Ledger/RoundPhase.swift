/// What a round waits for. The raw values are part of the ledger's format.
package enum RoundPhase: UInt8, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Commitments, then `close`.
    case commit = 1
    /// Reveals, complaints and nonce openings, then `beacon`.
    case reveal = 2
    /// Off-ledger openings, then `sketch`.
    case sketch = 3
    /// Contests, then `verdict`.
    case verdict = 4
    /// Off-ledger shares of the sum, then `sum`.
    case sum = 5
    /// Block reports.
    case report = 6
    /// Votes, then `publish`.
    case vote = 7

    package static func < (a: RoundPhase, b: RoundPhase) -> Bool { a.rawValue < b.rawValue }
}
