/// Why a round whose sum was opened is not published. The raw values are part of the ledger's format.
package enum RollbackReason: UInt8, Hashable, Sendable, Codable, CaseIterable {
    /// c + 1 members recomputed a block of the encrypted sum and found another: fraud of the coordinator.
    case reportMismatch = 1
    /// The accepted sketches do not add up to the sketch of the sum.
    case sketchOfSumMismatch = 2
    /// So many votes against the candidate that the quorum cannot be reached.
    case votedDown = 3
    /// Reports or votes did not complete in time.
    case deadline = 4
}
