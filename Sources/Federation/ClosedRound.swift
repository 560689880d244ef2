package import Ledger

/// A round whose set U of commitments is closed, with the randomness drawn after it: all public, all on the ledger.
package struct ClosedRound: Sendable {
    package let federation: Digest
    package let round: UInt32
    package let seed: Digest
    package let beacon: Digest
    /// Commitments of U, by member.
    package let commitments: [Int: Commitment]
    /// Contested answers so far, in ledger order; none before the sketches are opened.
    package let contests: [RoundState.Contest]

    package init(
        federation: Digest, round: UInt32, seed: Digest, beacon: Digest, commitments: [Int: Commitment],
        contests: [RoundState.Contest] = []
    ) {
        self.federation = federation
        self.round = round
        self.seed = seed
        self.beacon = beacon
        self.commitments = commitments
        self.contests = contests
    }

    package var members: [Int] { commitments.keys.sorted() }
}
