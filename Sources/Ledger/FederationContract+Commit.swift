/// Commitments and the set that they make.
extension FederationContract {
    mutating func commit(
        _ commitment: Commitment, _ state: RoundState, _ step: Step
    ) throws(Refusal) -> [ContractEvent] {
        let member = try step.requireMember()
        try step.require(state, in: .commit)
        try step.require(before: state.deadlines.commit)
        try require(commitment.federation == step.federation, .wrongFederation) {
            "the commitment is bound to another federation"
        }
        try require(state.recipientKeyIndex[member] != nil, .noRecipientKey) {
            "member \(member) had no unused recipient key when round \(state.number) opened"
        }
        try require(state.commitments[member] == nil, .alreadyCommitted) {
            "member \(member) has committed in round \(state.number)"
        }
        try require(commitment.blockCount == step.foundation.blockCount, .wrongBlockCount) {
            "an update has \(step.foundation.blockCount) blocks, not \(commitment.blockCount)"
        }
        let isWhole =
            commitment.shareCommitments.count == step.foundation.members.count
            && commitment.shareCommitments.allSatisfy { $0.count == LedgerLimits.shareCommitmentBytes }
        try require(isWhole, .malformedShareCommitments) {
            "one share commitment of \(LedgerLimits.shareCommitmentBytes) bytes a member is due"
        }
        try require(commitment.nonceDigest.count == Digest.byteCount, .malformedNonceDigest) {
            "a nonce digest has \(Digest.byteCount) bytes"
        }
        try check(commitment.spend, of: member, step)
        // An update is encrypted in one round only. Another's digests are no obstacle: whoever hurried to commit a copy
        // would otherwise shut the author out. A copier can neither reveal the nonce nor open the sketches.
        try require(seenCiphertexts[member]?.contains(commitment.ciphertextRoot) != true, .ciphertextReused) {
            "member \(member) committed this ciphertext before"
        }
        try require(seenNonces[member]?.contains(commitment.nonceDigest) != true, .nonceReused) {
            "member \(member) committed this nonce before"
        }
        seenCiphertexts[member, default: []].insert(commitment.ciphertextRoot)
        seenNonces[member, default: []].insert(commitment.nonceDigest)
        spent[member] = max(spent[member] ?? 0, commitment.spend.epsilonMicrosAfter)
        round?.commitments[member] = commitment
        return [.committed(round: state.number, member: member)]
    }

    private func check(_ spend: PrivacySpend, of member: Int, _ step: Step) throws(Refusal) {
        let budget = step.foundation.epsilonBudgetMicros
        guard budget > 0 else {
            try require(spend == .none, .spendInvalid) { "without a privacy budget the spend must be zero" }
            return
        }
        let isReal =
            spend.noiseMultiplierMicros > 0 && (1...1_000_000).contains(spend.samplingRateMicros) && spend.steps > 0
            && spend.epsilonMicrosAfter > (spent[member] ?? 0)
        try require(isReal, .spendInvalid) {
            "member \(member) must state noise, sampling rate and steps, and a spend above its last"
        }
        try require(spend.epsilonMicrosAfter <= budget, .overBudget) {
            "member \(member)'s budget of \(budget) would be exceeded at \(spend.epsilonMicrosAfter)"
        }
    }

    mutating func close(_ state: RoundState, _ step: Step) throws(Refusal) -> [ContractEvent] {
        try step.requireCoordinator()
        try step.require(state, in: .commit)
        try step.require(before: state.deadlines.reveal)
        let everyoneCommitted = state.commitments.count == state.recipientKeyIndex.count
        try require(everyoneCommitted || step.now >= state.deadlines.commit, .tooEarly) {
            "members may still commit until \(state.deadlines.commit)"
        }
        let candidates = state.commitments.keys.sorted()
        try require(candidates.count >= step.foundation.threshold, .tooFewCommitments) {
            "\(candidates.count) commitments, \(step.foundation.threshold) are needed"
        }
        round?.closedSet = candidates
        round?.phase = .reveal
        return [.closed(round: state.number, candidates: candidates)]
    }
}
