/// The one sum of a round, the members' checks of it, and publication.
extension FederationContract {
    mutating func sum(
        _ root: Digest, _ key: Digest, _ decrypted: Digest, _ state: RoundState, _ step: Step
    ) throws(Refusal) -> [ContractEvent] {
        try step.requireCoordinator()
        try require(state.sum == nil, .secondSum) { "round \(state.number)'s sum was opened" }
        try step.require(state, in: .sum)
        try step.require(before: state.deadlines.sum)
        round?.sum = RoundState.SumOpening(
            encryptedSumRoot: root, keySumDigest: key, decryptedSumDigest: decrypted)
        round?.phase = .report
        return [.summed(round: state.number)]
    }

    mutating func report(
        _ blocks: [UInt32], _ agrees: Bool, _ observed: [Digest], _ state: RoundState, _ step: Step
    ) throws(Refusal) -> [ContractEvent] {
        let member = try step.requireMember()
        try step.require(state, in: .report, .vote)
        try step.require(before: state.deadlines.vote)
        let isSound =
            !blocks.isEmpty && isAscending(blocks) && blocks.count == observed.count
            && blocks.allSatisfy { $0 < step.foundation.blockCount }
        try require(isSound, .malformedReport) { "blocks must be ascending and in range, with one digest each" }
        for block in blocks {
            try require(state.reports[block]?.contains { $0.member == member } != true, .alreadyReported) {
                "member \(member) has reported on block \(block)"
            }
            try require(mayReport(member, on: block, state, step), .notAChecker) {
                "block \(block) is not member \(member)'s to check at this time"
            }
        }
        for (block, digest) in zip(blocks, observed) {
            round?.reports[block, default: []].append(
                RoundState.BlockReport(member: member, agrees: agrees, observed: digest))
        }
        var events = [ContractEvent.reported(round: state.number, member: member, blocks: blocks, agrees: agrees)]
        if state.phase == .report, round?.isConfirmed(step.foundation) == true {
            round?.phase = .vote
            events.append(.reportsComplete(round: state.number))
        }
        return events
    }

    /// A block's first c + 1 checkers may report; once one is silent at the deadline or reports a mismatch, all of V.
    private func mayReport(_ member: Int, on block: UInt32, _ state: RoundState, _ step: Step) -> Bool {
        let order = checkers(ofBlock: block, round: state)
        let isPassedOn =
            step.now >= state.deadlines.report || state.reports[block]?.contains { !$0.agrees } == true
        return (isPassedOn ? order[...] : order.prefix(step.foundation.corruptible + 1)).contains(member)
    }

    /// The accepted members in the order in which they check `block` of the encrypted sum: the first c + 1 are due,
    /// the others follow when one is silent. Rotated by the beacon and the block, so that the load is even.
    package func checkers(ofBlock block: UInt32, round state: RoundState) -> [Int] {
        guard let accepted = state.verdict?.accepted, let beacon = state.beacon else { return [] }
        var ordered: [(key: Digest, member: Int)] = []
        for member in accepted {
            var writer = ByteWriter()
            writer.append(beacon)
            writer.append(member: member)
            ordered.append((Digest.of(writer.bytes, domain: "cordon/checkers/v1"), member))
        }
        ordered.sort { $0.key < $1.key }
        let start = Int(block) % ordered.count
        return (ordered[start...] + ordered[..<start]).map(\.member)
    }

    mutating func vote(
        _ candidate: Digest, _ approve: Bool, _ state: RoundState, _ step: Step
    ) throws(Refusal) -> [ContractEvent] {
        let member = try step.requireMember()
        try require(state.phase != .report, .reportsIncomplete) { "not every block of the sum is confirmed" }
        try step.require(state, in: .vote)
        try step.require(before: state.deadlines.vote)
        try require(state.votes[member] == nil, .alreadyVoted) { "member \(member) has voted" }
        round?.votes[member] = RoundState.Vote(candidate: candidate, approve: approve)
        return [.voted(round: state.number, member: member, approve: approve)]
    }

    mutating func publish(
        _ model: Digest, _ parent: Digest, _ state: RoundState, _ step: Step
    ) throws(Refusal) -> [ContractEvent] {
        try step.requireCoordinator()
        try require(state.phase != .report, .reportsIncomplete) { "not every block of the sum is confirmed" }
        try step.require(state, in: .vote)
        try require(parent == state.parentModel, .wrongParent) {
            "the model must name the parent that round \(state.number) opened with"
        }
        let approvals = state.votes.values.filter(\.approve)
        try require(approvals.count >= step.foundation.threshold, .quorumMissing) {
            "\(approvals.count) members approve, \(step.foundation.threshold) are needed"
        }
        let matching = approvals.filter { $0.candidate == model }
        try require(matching.count >= step.foundation.threshold, .candidateMismatch) {
            "the quorum approved another model than the one to be published"
        }
        lastPublishedModel = model
        publishedRounds.append(state.number)
        end(.published(model: model))
        return [.published(round: state.number, model: model)]
    }
}

extension RoundState {
    /// Whether each block has c + 1 agreeing reports with one digest: at least one of them is honest.
    func isConfirmed(_ foundation: FederationFoundation) -> Bool {
        (0..<foundation.blockCount).allSatisfy { reportCount(on: $0, agreeing: true) > foundation.corruptible }
    }

    /// The blocks for which c + 1 members found the same other sum.
    package func refutedBlocks(corruptible: Int) -> [UInt32] {
        reports.keys.filter { reportCount(on: $0, agreeing: false) > corruptible }.sorted()
    }

    private func reportCount(on block: UInt32, agreeing: Bool) -> Int {
        let matching = (reports[block] ?? []).filter { $0.agrees == agreeing }
        return Dictionary(grouping: matching, by: \.observed).values.map(\.count).max() ?? 0
    }

    /// Dealers of U with an unanswered complaint.
    var openComplaintDealers: Set<Int> {
        Set(unansweredComplaints.map(\.dealer)).intersection(closedSet ?? [])
    }
}
