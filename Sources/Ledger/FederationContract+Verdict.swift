/// Sketches, contests and the one verdict of a round.
extension FederationContract {
    mutating func sketch(
        _ answers: Digest, _ sketches: Digest, _ dealers: [Int], _ state: RoundState, _ step: Step
    ) throws(Refusal) -> [ContractEvent] {
        try step.requireCoordinator()
        try require(state.sketch == nil, .secondSketch) { "round \(state.number)'s sketches were opened" }
        try step.require(state, in: .sketch)
        try step.require(before: state.deadlines.sketch)
        let areSound = isAscending(dealers) && dealers.allSatisfy { state.closedSet?.contains($0) == true }
        try require(areSound, .invalidDealers) { "inconsistent dealers must be members of U, in ascending order" }
        round?.sketch = RoundState.SketchOpening(
            answersDigest: answers, sketchesDigest: sketches, inconsistentDealers: dealers, index: step.record.index)
        round?.phase = .verdict
        return [.sketched(round: state.number, inconsistentDealers: dealers)]
    }

    mutating func contest(
        _ helper: Int, _ answer: Digest, _ share: [UInt8], _ state: RoundState, _ step: Step
    ) throws(Refusal) -> [ContractEvent] {
        let dealer = try step.requireMember()
        try step.require(state, in: .verdict)
        try step.require(before: state.deadlines.contest)
        let commitment = try candidate(dealer, state)
        try step.requireKnown(helper)
        try require(helper != dealer, .selfContest) { "member \(dealer) contests its own answer" }
        try require(!state.contests.contains { $0.dealer == dealer && $0.helper == helper }, .alreadyContested) {
            "member \(dealer) has contested member \(helper)'s answer"
        }
        let context = context(step, state, dealer: dealer, recipient: helper, commitment)
        try require(checks.dealtShareMatches(share, commitment.shareCommitments[helper], context), .shareMismatch) {
            "the published share is not the one that member \(dealer) committed to"
        }
        let published = Set((state.publishedShares[dealer] ?? [:]).keys).union([helper])
        try require(published.count <= step.foundation.maximumPublishedShares, .tooManyPublishedShares) {
            "one more share of member \(dealer) would let a coalition open its secret"
        }
        round?.publishedShares[dealer, default: [:]][helper] = share
        round?.contests.append(
            RoundState.Contest(
                dealer: dealer, helper: helper, answerDigest: answer, share: share, index: step.record.index))
        return [.contested(round: state.number, dealer: dealer, helper: helper)]
    }

    mutating func judge(_ verdict: Verdict, _ state: RoundState, _ step: Step) throws(Refusal) -> [ContractEvent] {
        try step.requireCoordinator()
        try require(state.verdict == nil, .secondVerdict) { "round \(state.number) has its verdict" }
        try step.require(state, in: .verdict)
        try step.require(before: state.deadlines.verdict)
        let candidates = state.closedSet ?? []
        let excluded = verdict.exclusions.map(\.member)
        let isPartition =
            isAscending(verdict.accepted) && isAscending(excluded)
            && (verdict.accepted + excluded).sorted() == candidates
        try require(isPartition, .verdictNotPartition) {
            "accepted and excluded members must make up U, each once and in ascending order"
        }
        try require(verdict.exclusions.allSatisfy { $0.reason.isKnown }, .unknownExclusionReason) {
            "an exclusion has no known reason"
        }
        let inconsistent = state.undoubtedlyInconsistentDealers
        try require(inconsistent.allSatisfy(excluded.contains), .inconsistentDealerAccepted) {
            "a dealer whose sharing is inconsistent cannot be accepted"
        }
        try require(verdict.accepted.count >= step.foundation.minimumAccepted, .tooFewAccepted) {
            "\(verdict.accepted.count) accepted, \(step.foundation.minimumAccepted) are needed"
        }
        let lastClaim = max(state.sketch?.index ?? 0, state.contests.map(\.index).max() ?? 0)
        try require(verdict.position > lastClaim && verdict.position <= step.record.index, .verdictPosition) {
            "the verdict was signed at position \(verdict.position), before a sketch or contest at \(lastClaim)"
        }
        try checkSignatures(of: verdict, candidates, step)
        round?.verdict = verdict
        lastSuspicion = verdict.suspicion
        round?.phase = .sum
        return [.judged(round: state.number, accepted: verdict.accepted)]
    }

    private func checkSignatures(of verdict: Verdict, _ candidates: [Int], _ step: Step) throws(Refusal) {
        let message = verdictMessage(
            federation: step.federation, round: verdict.round, candidates: candidates, accepted: verdict.accepted,
            exclusions: verdict.exclusions, position: verdict.position, suspicion: verdict.suspicion)
        try require(isAscending(verdict.signatures.map(\.member)), .invalidVerdictSignature) {
            "verdict signatures must be in ascending order, one a member"
        }
        for signature in verdict.signatures {
            try step.requireKnown(signature.member)
            let key = step.foundation.members[signature.member].publicKey
            try require(isValidSignature(signature.signature, for: message, by: key), .invalidVerdictSignature) {
                "member \(signature.member) has not signed this verdict"
            }
        }
        try require(verdict.signatures.count >= step.foundation.threshold, .tooFewVerdictSignatures) {
            "\(verdict.signatures.count) signatures, \(step.foundation.threshold) are needed"
        }
    }
}

func isAscending<Element: Comparable>(_ elements: [Element]) -> Bool {
    zip(elements, elements.dropFirst()).allSatisfy { $0 < $1 }
}
