/// Nonces, complaints about dealt shares, and the beacon.
extension FederationContract {
    mutating func reveal(_ nonce: [UInt8], _ state: RoundState, _ step: Step) throws(Refusal) -> [ContractEvent] {
        let member = try step.requireMember()
        try step.require(state, in: .reveal)
        try step.require(before: state.deadlines.reveal)
        let commitment = try candidate(member, state)
        try require(state.nonces[member] == nil, .alreadyRevealed) { "member \(member) has revealed its nonce" }
        let context = context(step, state, dealer: member, recipient: member, commitment)
        let matches = checks.nonceMatches(nonce, commitment.nonceDigest, context)
        try require(matches, .nonceMismatch) { "member \(member)'s nonce is not the committed one" }
        round?.nonces[member] = nonce
        return [.revealed(round: state.number, member: member)]
    }

    mutating func complain(about dealer: Int, _ state: RoundState, _ step: Step) throws(Refusal) -> [ContractEvent] {
        let recipient = try step.requireMember()
        try step.require(state, in: .reveal)
        try step.require(before: state.deadlines.complaint)
        try require(state.recipientKeyIndex[recipient] != nil, .noRecipientKey) {
            "member \(recipient) was dealt no shares in round \(state.number)"
        }
        _ = try candidate(dealer, state)
        try require(dealer != recipient, .selfComplaint) { "member \(dealer) complains about itself" }
        let complaint = RoundState.Complaint(dealer: dealer, recipient: recipient)
        try require(!state.complaints.contains(complaint), .alreadyComplained) {
            "member \(recipient) has complained about member \(dealer)"
        }
        round?.complaints.insert(complaint)
        var events = [ContractEvent.complained(round: state.number, recipient: recipient, dealer: dealer)]
        // More justifications than these, with a coalition's own shares, would open the dealer's secret.
        let complaints = state.complaints.filter { $0.dealer == dealer }.count + 1
        if complaints > step.foundation.maximumPublishedShares {
            events.append(remove(dealer, .missingShares, state.number))
        }
        return events
    }

    mutating func justify(
        _ recipient: Int, _ share: [UInt8], _ state: RoundState, _ step: Step
    ) throws(Refusal) -> [ContractEvent] {
        let dealer = try step.requireMember()
        try step.require(state, in: .reveal)
        try step.require(before: state.deadlines.reveal)
        let commitment = try candidate(dealer, state)
        let complaint = RoundState.Complaint(dealer: dealer, recipient: recipient)
        try require(state.complaints.contains(complaint), .noSuchComplaint) {
            "member \(recipient) has not complained about member \(dealer)"
        }
        try require(!state.justified.contains(complaint), .alreadyJustified) {
            "member \(dealer) has answered this complaint"
        }
        let context = context(step, state, dealer: dealer, recipient: recipient, commitment)
        try require(
            checks.dealtShareMatches(share, commitment.shareCommitments[recipient], context), .shareMismatch
        ) { "the published share is not the one that member \(dealer) committed to" }
        round?.justified.insert(complaint)
        round?.publishedShares[dealer, default: [:]][recipient] = share
        return [.justified(round: state.number, dealer: dealer, recipient: recipient)]
    }

    mutating func openNonce(
        of owner: Int, _ shares: [LedgerEntry.NonceShare], _ state: RoundState, _ step: Step
    ) throws(Refusal) -> [ContractEvent] {
        try step.requireCoordinator()
        try step.require(state, in: .reveal)
        try require(step.now >= state.deadlines.reveal, .tooEarly) {
            "member \(owner) may still reveal its nonce until \(state.deadlines.reveal)"
        }
        try step.require(before: state.deadlines.sketch)
        let commitment = try candidate(owner, state)
        try require(state.nonces[owner] == nil, .nonceAlreadyKnown) { "member \(owner)'s nonce is known" }
        try require(shares.count >= step.foundation.threshold, .tooFewNonceShares) {
            "\(shares.count) nonce shares, \(step.foundation.threshold) are needed"
        }
        var byMember: [Int: [UInt8]] = [:]
        for share in shares {
            try step.requireKnown(share.member)
            try require(byMember.updateValue(share.bytes, forKey: share.member) == nil, .duplicateNonceShare) {
                "two nonce shares are member \(share.member)'s"
            }
            let context = context(step, state, dealer: owner, recipient: share.member, commitment)
            let digest = commitment.nonceShareDigest(for: share.member)
            try require(checks.saltedNonceShareMatches(share.bytes, digest, context), .nonceShareMismatch) {
                "member \(share.member)'s share of member \(owner)'s nonce is not the committed one"
            }
        }
        guard let nonce = checks.reconstructNonce(byMember) else {
            return [remove(owner, .offPolynomial, state.number)]
        }
        let context = context(step, state, dealer: owner, recipient: owner, commitment)
        guard checks.nonceMatches(nonce, commitment.nonceDigest, context) else {
            return [remove(owner, .withheldNonce, state.number)]
        }
        round?.nonces[owner] = nonce
        return [.nonceOpened(round: state.number, owner: owner)]
    }

    mutating func drawBeacon(_ state: RoundState, _ step: Step) throws(Refusal) -> [ContractEvent] {
        try step.requireCoordinator()
        try step.require(state, in: .reveal)
        try step.require(before: state.deadlines.sketch)
        let pending = state.openComplaintDealers
        var candidates = state.closedSet ?? []
        var leaving: [Int] = []
        if step.now < state.deadlines.reveal {
            let everyoneSpoke = pending.isEmpty && candidates.allSatisfy { state.nonces[$0] != nil }
            try require(everyoneSpoke, .tooEarly) {
                "nonces and answers to complaints may still come until \(state.deadlines.reveal)"
            }
        } else {
            leaving = pending.sorted()
            candidates.removeAll(where: pending.contains)
        }
        try require(candidates.count >= step.foundation.threshold, .tooFewReveals) {
            "\(candidates.count) candidates are left, \(step.foundation.threshold) are needed"
        }
        var writer = ByteWriter()
        writer.append(step.federation)
        writer.append(state.number)
        writer.append(list: candidates) { $0.append(member: $1) }
        for member in candidates {
            guard let nonce = state.nonces[member] else {
                throw Refusal(.nonceMissing, "member \(member)'s nonce is neither revealed nor opened")
            }
            writer.append(counted: nonce)
        }
        let beacon = Digest.of(writer.bytes, domain: "cordon/beacon/v1")
        let events = leaving.map { remove($0, .missingShares, state.number) }
        round?.beacon = beacon
        round?.phase = .sketch
        return events + [.beaconDrawn(round: state.number, beacon: beacon, candidates: candidates)]
    }

    /// The commitment of a member of U.
    func candidate(_ member: Int, _ state: RoundState) throws(Refusal) -> Commitment {
        guard let commitment = state.commitments[member], state.closedSet?.contains(member) == true else {
            throw Refusal(.notACandidate, "member \(member) is not in round \(state.number)'s closed set")
        }
        return commitment
    }

    private mutating func remove(_ member: Int, _ reason: ExclusionReason, _ number: UInt32) -> ContractEvent {
        round?.closedSet?.removeAll { $0 == member }
        round?.removed[member] = reason
        return .removed(round: number, member: member, reason: reason)
    }

    func context(
        _ step: Step, _ state: RoundState, dealer: Int, recipient: Int, _ commitment: Commitment
    ) -> ContractChecks.DealingContext {
        ContractChecks.DealingContext(
            federation: step.federation, round: state.number, roundSeed: state.seed, dealer: dealer,
            recipient: recipient, ciphertextRoot: commitment.ciphertextRoot)
    }
}
