package import Ledger

/// What the two machines read from the contract's state of a round.
extension RoundState {
    /// The round has ended, one way or another.
    package var isOver: Bool { ending != nil }

    /// Members of U that have not left it, in order.
    package var closedMembers: [Int] { closedSet ?? [] }

    package var closedCommitments: [Int: Commitment] {
        closedMembers.reduce(into: [:]) { $0[$1] = commitments[$1] }
    }

    /// Instant in milliseconds until which the phase at hand waits for whoever is silent. Sketches, verdict and sum are
    /// refused from their deadlines on, so half of those phases is left for opening and signing them.
    var phaseEnd: UInt64 {
        switch phase {
        case .commit: deadlines.commit
        case .reveal: deadlines.reveal
        case .sketch: deadlines.reveal + (deadlines.sketch - deadlines.reveal) / 2
        case .verdict: deadlines.contest
        case .sum: deadlines.verdict + (deadlines.sum - deadlines.verdict) / 2
        case .report: deadlines.report
        case .vote: deadlines.vote
        }
    }

    /// Shares published in answer to this recipient's complaints, by dealer.
    func justifications(to recipient: Int) -> [Int: [UInt8]] {
        publishedShares.compactMapValues { $0[recipient] }
    }

    /// Recipients that complained about this dealer.
    func complaints(about dealer: Int) -> [Int] {
        complaints.filter { $0.dealer == dealer }.map(\.recipient).sorted()
    }

    /// Digests of the opened sum as posted.
    var postedSum: PostedSum? {
        sum.map {
            PostedSum(
                encryptedRoot: $0.encryptedSumRoot, keyDigest: $0.keySumDigest, decryptedDigest: $0.decryptedSumDigest)
        }
    }

}

extension FederationContract {
    /// Blocks whose sum a member is to recompute now: those it is among the first c + 1 checkers of, and those of
    /// silent or
    /// contradicted checkers before it.
    func blocksToCheck(by member: Int, in state: RoundState, at now: Instant) -> [UInt32] {
        guard let foundation else { return [] }
        return (0..<foundation.blockCount).filter { block in
            let order = checkers(ofBlock: block, round: state)
            let reports = state.reports[block] ?? []
            let isConfirmed = reports.count { $0.agrees } > foundation.corruptible
            let isPassedOn =
                reports.contains { !$0.agrees } || (now.milliseconds >= state.deadlines.report && !isConfirmed)
            return (isPassedOn ? order[...] : order.prefix(foundation.corruptible + 1)).contains(member)
        }
    }

    /// One-time recipient keys the contract fixed for a round, by member.
    func recipientPublicKeys(of state: RoundState) -> [Int: [UInt8]] {
        state.recipientKeyIndex.reduce(into: [:]) { keys, fixed in
            keys[fixed.key] = recipientKeys[fixed.key]?[Int(fixed.value)]
        }
    }
}
