/// Everything that the ledger says about one round.
package struct RoundState: Hashable, Sendable {
    package struct Complaint: Hashable, Sendable, Comparable {
        package let dealer: Int
        package let recipient: Int

        package static func < (a: Complaint, b: Complaint) -> Bool {
            (a.dealer, a.recipient) < (b.dealer, b.recipient)
        }
    }

    package struct SketchOpening: Hashable, Sendable {
        package let answersDigest: Digest
        package let sketchesDigest: Digest
        package let inconsistentDealers: [Int]
        /// Index of the ledger entry.
        package let index: UInt64
    }

    package struct Contest: Hashable, Sendable {
        package let dealer: Int
        package let helper: Int
        package let answerDigest: Digest
        package let share: [UInt8]
        package let index: UInt64
    }

    package struct SumOpening: Hashable, Sendable {
        package let encryptedSumRoot: Digest
        package let keySumDigest: Digest
        package let decryptedSumDigest: Digest
    }

    /// One member's finding about one block of the encrypted sum.
    package struct BlockReport: Hashable, Sendable {
        package let member: Int
        package let agrees: Bool
        package let observed: Digest
    }

    package struct Vote: Hashable, Sendable {
        package let candidate: Digest
        package let approve: Bool
    }

    package enum Ending: Hashable, Sendable {
        case published(model: Digest)
        case rolledBack(RollbackReason, accused: Author?)
        case abandoned(RoundPhase, AbandonReason)
    }

    package let number: UInt32
    package let deadlines: RoundDeadlines
    package let parentModel: Digest
    /// H(federation, round, the `open` record): what the round's public polynomials are expanded from.
    package let seed: Digest
    /// Members that can receive shares this round, with the index of the one-time key that `open` fixed for each.
    package let recipientKeyIndex: [Int: UInt32]
    package internal(set) var phase = RoundPhase.commit
    package internal(set) var commitments: [Int: Commitment] = [:]
    /// U, ascending; members leave it during the reveal phase. Nil before `close`.
    package internal(set) var closedSet: [Int]?
    /// Members that left U before the beacon, and why.
    package internal(set) var removed: [Int: ExclusionReason] = [:]
    package internal(set) var nonces: [Int: [UInt8]] = [:]
    package internal(set) var complaints: Set<Complaint> = []
    /// Shares that dealers published, by dealer and recipient: justifications and contests together.
    package internal(set) var publishedShares: [Int: [Int: [UInt8]]] = [:]
    package internal(set) var justified: Set<Complaint> = []
    package internal(set) var beacon: Digest?
    package internal(set) var sketch: SketchOpening?
    package internal(set) var contests: [Contest] = []
    package internal(set) var verdict: Verdict?
    package internal(set) var sum: SumOpening?
    package internal(set) var reports: [UInt32: [BlockReport]] = [:]
    package internal(set) var votes: [Int: Vote] = [:]
    package internal(set) var ending: Ending?

    init(
        number: UInt32, deadlines: RoundDeadlines, parentModel: Digest, seed: Digest,
        recipientKeyIndex: [Int: UInt32]
    ) {
        self.number = number
        self.deadlines = deadlines
        self.parentModel = parentModel
        self.seed = seed
        self.recipientKeyIndex = recipientKeyIndex
    }

    /// Dealers whose answers are not on one polynomial, while no contest puts any answer in doubt. Whoever was shown to
    /// lie about one dealer may have lied about an absent one too: then only those who recompute can tell, t of them.
    var undoubtedlyInconsistentDealers: [Int] { contests.isEmpty ? sketch?.inconsistentDealers ?? [] : [] }

    package var unansweredComplaints: [Complaint] { complaints.subtracting(justified).sorted() }

    /// The phase's deadline: from here on the round may be abandoned, or after the sum rolled back.
    package var phaseDeadline: UInt64 {
        switch phase {
        case .commit: deadlines.reveal
        case .reveal, .sketch: deadlines.sketch
        case .verdict: deadlines.verdict
        case .sum: deadlines.sum
        case .report, .vote: deadlines.vote
        }
    }
}
