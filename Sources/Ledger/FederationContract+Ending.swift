/// How a round ends without a model. Both endings must be facts of the state, so anyone may record them; only the
/// coordinator may roll back for what the ledger cannot show.
extension FederationContract {
    mutating func rollBack(
        _ reason: RollbackReason, _ accused: Author?, _ state: RoundState, _ step: Step
    ) throws(Refusal) -> [ContractEvent] {
        try require(state.sum != nil, .rollbackBeforeSum) {
            "round \(state.number)'s sum was not opened: it can only be abandoned"
        }
        let foundation = step.foundation
        let isFounded: Bool
        switch reason {
        case .reportMismatch: isFounded = !state.refutedBlocks(corruptible: foundation.corruptible).isEmpty
        case .sketchOfSumMismatch: isFounded = step.record.author == .coordinator
        case .votedDown:
            let against = state.votes.values.filter { !$0.approve }.count
            isFounded = against > foundation.members.count - foundation.threshold
        case .deadline: isFounded = step.now >= state.deadlines.vote
        }
        try require(isFounded, .rollbackUnfounded) { "the ledger does not show the reason given for the rollback" }
        let isAccusationSound: Bool
        switch (reason, accused) {
        case (.reportMismatch, .some(.coordinator)): isAccusationSound = true
        case (.reportMismatch, _): isAccusationSound = false
        case (.sketchOfSumMismatch, .some(.member(let member))):
            isAccusationSound = foundation.members.indices.contains(member)
        case (_, .none): isAccusationSound = true
        case (_, .some): isAccusationSound = false
        }
        try require(isAccusationSound, .wrongAccused) {
            "a report mismatch accuses the coordinator, a deadline or a vote nobody"
        }
        end(.rolledBack(reason, accused: accused))
        return [.rolledBack(round: state.number, reason: reason, accused: accused)]
    }

    mutating func abandon(
        _ phase: RoundPhase, _ reason: AbandonReason, _ state: RoundState, _ step: Step
    ) throws(Refusal) -> [ContractEvent] {
        try require(state.sum == nil, .abandonAfterSum) {
            "round \(state.number)'s sum was opened: it can only be published or rolled back"
        }
        try require(phase == state.phase, .wrongPhase) { "round \(state.number) is in phase \(state.phase)" }
        let foundation = step.foundation
        let candidates = state.closedSet?.count ?? 0
        let isFounded: Bool
        switch reason {
        case .tooFewCommitments:
            let everyoneCommitted = state.commitments.count == state.recipientKeyIndex.count
            isFounded =
                phase == .commit && state.commitments.count < foundation.threshold
                && (everyoneCommitted || step.now >= state.deadlines.commit)
        case .tooFewReveals:
            let unanswered = step.now >= state.deadlines.reveal ? state.openComplaintDealers.count : 0
            isFounded = phase == .reveal && candidates - unanswered < foundation.threshold
        case .tooFewAccepted:
            let inconsistent = state.undoubtedlyInconsistentDealers.count
            let isFact = candidates - inconsistent < foundation.minimumAccepted
            isFounded = phase == .verdict && (isFact || step.now >= state.deadlines.verdict)
        case .deadline: isFounded = step.now >= state.phaseDeadline
        }
        try require(isFounded, .abandonUnfounded) { "the ledger does not show the reason given for abandoning" }
        end(.abandoned(phase, reason))
        return [.abandoned(round: state.number, phase: phase, reason: reason)]
    }

    mutating func end(_ ending: RoundState.Ending) {
        round?.ending = ending
        if let round { endedRounds.append(round) }
    }
}
