import HomomorphicEncryption
import Ledger
import MultipartyEncryption
import PoisoningDefence
import SecureAggregation

extension Coordinator {
    /// Moves the round on when everybody due has spoken or a deadline has passed; the contract has the last word.
    mutating func advance(at now: Instant) -> [CoordinatorEffect] {
        guard !finished, log.size > 0 else { return [] }
        guard let state = log.contract.round, !state.isOver else { return openNext(at: now) }
        // Whatever went wrong in a phase, its deadline ends it.
        if state.sum == nil, now.milliseconds >= state.phaseDeadline { return abandon(state, .deadline, at: now) }
        let late = now.milliseconds >= state.phaseEnd
        switch state.phase {
        case .commit: return close(state, late, at: now)
        case .reveal: return drawBeacon(state, late, at: now)
        case .sketch: return openSketches(state, late, at: now)
        case .verdict: return settleVerdict(state, late, at: now)
        case .sum: return openSum(state, late, at: now)
        case .report: return watchReports(state, at: now)
        case .vote: return countVotes(state, late, at: now)
        }
    }

    private mutating func openNext(at now: Instant) -> [CoordinatorEffect] {
        guard roundsOpened < agreement.rounds else {
            finished = true
            return [.finished]
        }
        let ready = agreement.members.indices.filter { log.contract.unusedRecipientKeys(of: $0) > 0 }
        let patience = now.milliseconds >= startedAt.milliseconds + agreement.deadlines.commitMilliseconds
        guard ready.count == agreement.members.count || (patience && ready.count >= agreement.threshold) else {
            return []
        }
        let number = (log.contract.round?.number ?? 0) + 1
        let opening = OpenRound(
            round: number, parentModel: model.digest, deadlines: agreement.deadlines.instants(from: stamp(now)))
        for member in outboxes.indices { outboxes[member].dropRounds(before: number) }
        let effects = append(.open(opening), at: now)
        guard log.contract.round?.number == number else { return effects }
        round = CoordinatorRound(number: number)
        roundsOpened += 1
        return effects
    }

    private mutating func close(_ state: RoundState, _ late: Bool, at now: Instant) -> [CoordinatorEffect] {
        let due = state.recipientKeyIndex.count
        guard late || state.commitments.count == due else { return [] }
        guard state.commitments.count >= agreement.threshold else {
            return abandon(state, .tooFewCommitments, at: now)
        }
        return append(.close(round: state.number), at: now) + advance(at: now)
    }

    private mutating func drawBeacon(_ state: RoundState, _ late: Bool, at now: Instant) -> [CoordinatorEffect] {
        guard state.closedMembers.count >= agreement.threshold else {
            return late ? abandon(state, .tooFewReveals, at: now) : []
        }
        let withheld = state.closedMembers.filter { state.nonces[$0] == nil }
        guard withheld.isEmpty, state.unansweredComplaints.isEmpty || late else {
            return late ? openNonces(withheld, state, at: now) : []
        }
        let effects = append(.beacon(round: state.number), at: now)
        guard log.contract.round?.phase == .sketch else { return effects }
        return effects + advance(at: now)
    }

    /// Opens withheld nonces from those shares that are the committed ones: a liar's would get the entry refused.
    private mutating func openNonces(_ owners: [Int], _ state: RoundState, at now: Instant) -> [CoordinatorEffect] {
        guard let own = round else { return [] }
        var effects: [CoordinatorEffect] = []
        for owner in owners {
            let shares = own.nonceShares.keys.sorted().compactMap { helper in
                own.nonceShares[helper]?[owner].map { (member: helper, bytes: $0) }
            }.filter { isCommitted($0.bytes, of: owner, to: $0.member, state) }
            guard shares.count >= agreement.threshold else { continue }
            effects += append(
                .nonceOpening(
                    round: state.number, owner: owner,
                    shares: shares.map { LedgerEntry.NonceShare(member: $0.member, bytes: $0.bytes) }),
                at: now)
        }
        return effects.isEmpty ? [] : effects + advance(at: now)
    }

    private func isCommitted(_ bytes: [UInt8], of owner: Int, to helper: Int, _ state: RoundState) -> Bool {
        guard let commitment = state.commitments[owner], let share = try? SaltedNonceShare(bytes: bytes) else {
            return false
        }
        return share.matches(
            digest: commitment.nonceShareDigest(for: helper),
            context: dealingContext(federation: federation, seed: state.seed, dealer: owner).bytes, dealer: owner,
            recipient: helper)
    }

    private mutating func openSketches(_ state: RoundState, _ late: Bool, at now: Instant) -> [CoordinatorEffect] {
        guard let own = round, !own.judging, let closed = closedRound(state) else { return [] }
        let due = state.recipientKeyIndex.count
        guard late || own.answers.count == due else { return [] }
        guard own.answers.count >= agreement.threshold else { return [] }
        round?.judging = true
        let uploads = own.uploads.filter { closed.commitments[$0.key] != nil }.mapValues(\.names)
        return [.perform(.judge(closed, uploads: uploads, answers: own.answers.mapValues(\.value), memory.suspicion))]
    }

    /// Posts the opened sketches and sends everybody what they rest on.
    mutating func post(_ gathered: GatheredAnswers, _ judgement: Judgement, in number: UInt32, at now: Instant)
        -> [CoordinatorEffect]
    {
        guard let own = round, own.number == number, let state = log.contract.round, state.number == number,
            !state.isOver
        else { return [] }
        if let earlier = own.judgement {
            if judgement.contestCount > earlier.contestCount { round?.judgement = judgement }
            return []
        }
        round?.gathered = gathered
        round?.judgement = judgement
        let inconsistent = judgement.verdict.exclusions.filter {
            $0.reason == PoisoningDefence.ExclusionReason.inconsistentSharing
        }.map(\.member).sorted()
        var effects = append(
            .sketch(
                round: number, answersDigest: gathered.digest, sketchesDigest: judgement.sketchesDigest,
                inconsistentDealers: inconsistent),
            at: now)
        let message = Message.openings(
            round: number, linearParts: gathered.linearParts.mapValues(\.bytes),
            malformed: gathered.evidence,
            answers: own.answers.keys.sorted().compactMap { own.answers[$0]?.envelope.bytes })
        effects += speakToAll(message)
        return effects
    }

    private mutating func settleVerdict(_ state: RoundState, _ late: Bool, at now: Instant) -> [CoordinatorEffect] {
        guard let own = round, let judgement = own.judgement, let gathered = own.gathered,
            let closed = closedRound(state)
        else { return [] }
        guard judgement.contestCount == state.contests.count else {
            guard own.judgedContests < state.contests.count else { return [] }
            round?.judgedContests = state.contests.count
            // Whoever signed before has not seen the latest contest.
            round?.signatures = [:]
            return [.perform(.judgeAgain(closed, gathered, memory.suspicion))]
        }
        // A signature is also a member's word that it contests nothing more: all are waited for while contests may
        // come. A verdict that cannot be given is abandoned at the deadline.
        let due = state.recipientKeyIndex.count
        guard late || own.signatures.count >= due, own.signatures.count >= agreement.threshold, judgement.isDecided,
            judgement.verdict.accepted.count >= agreement.minimumAccepted
        else { return [] }
        let posted = state.verdict(judgement, signatures: [])
        let message = posted.signingMessage(in: state, federation: federation)
        let valid = own.signatures.keys.sorted().compactMap { member in
            own.signatures[member]?.first {
                isValidSignature($0, for: message, by: agreement.members[member].publicKey)
            }.map { Ledger.Verdict.Signature(member: member, signature: $0) }
        }
        guard valid.count >= (late ? agreement.threshold : due) else { return [] }
        // Whoever missed this round will ask for what its verdict remembers.
        let kept = judgement.suspicion.map { [CoordinatorEffect.keep(ChunkTree([$0.bytes]))] } ?? []
        let effects = append(.verdict(state.verdict(judgement, signatures: valid)), at: now)
        guard log.contract.round?.phase == .sum else { return effects }
        if let suspicion = judgement.suspicion { memory = SuspicionMemory(suspicion) }
        return kept + effects + advance(at: now)
    }

    private mutating func openSum(_ state: RoundState, _ late: Bool, at now: Instant) -> [CoordinatorEffect] {
        guard let own = round, !own.summing, let judgement = own.judgement, let closed = closedRound(state),
            let verdict = state.verdict
        else { return [] }
        let answers = own.keyAnswers.filter { $0.value.value.accepted == verdict.accepted }
        let due = state.recipientKeyIndex.count
        guard late || answers.count == due else { return [] }
        guard answers.count >= agreement.threshold else { return [] }
        let updates = verdict.accepted.compactMap { own.uploads[$0]?.names }
        round?.summing = true
        return [
            .perform(
                .openSum(
                    closed, updates: updates, keyAnswers: answers.mapValues { $0.value.share }, base: model.parameters,
                    judgement))
        ]
    }

    /// Posts the digests of the opened sum and tells everybody by which names its blocks and the ciphertexts are found.
    mutating func post(_ result: Result<SumToPost, FederationError>, in number: UInt32, at now: Instant)
        -> [CoordinatorEffect]
    {
        guard let own = round, own.number == number, own.candidate == nil, let state = log.contract.round,
            state.number == number, state.phase == .sum, let verdict = state.verdict
        else { return [] }
        switch result {
        case .failure(let error):
            // The deadline abandons the round.
            return [.report(error)]
        case .success(let sum):
            let opened = sum.opened
            round?.candidate = CoordinatorRound.Candidate(model: opened.candidate, digest: opened.modelDigest)
            let tree = ChunkTree(sum.encrypted.blocks)
            var effects: [CoordinatorEffect] = [.keep(tree), .list(tree.names)]
            effects += append(
                .sum(
                    round: number, encryptedSumRoot: tree.root, keySumDigest: opened.keyDigest,
                    decryptedSumDigest: opened.decryptedDigest),
                at: now)
            effects += speakToAll(
                .openedSum(
                    round: number, blocks: tree.names.digests,
                    answers: own.keyAnswers.keys.sorted().compactMap { own.keyAnswers[$0]?.envelope.bytes }))
            let ciphertexts = verdict.accepted.reduce(into: [Int: [Digest]]()) {
                $0[$1] = own.uploads[$1]?.names.digests
            }
            effects += speakToAll(.chunks(round: number, ciphertexts: ciphertexts))
            if !opened.liars.isEmpty {
                let names = opened.liars.map { agreement.members[$0].name }.joined(separator: ", ")
                effects.append(
                    .report(
                        FederationError(
                            .malformedMessage,
                            "round \(number): \(names) answered the sum opening falsely; the other answers opened it")))
            }
            return effects
        }
    }

    private mutating func watchReports(_ state: RoundState, at now: Instant) -> [CoordinatorEffect] {
        if !state.refutedBlocks(corruptible: agreement.corruptible).isEmpty {
            return append(
                .rollback(round: state.number, reason: .reportMismatch, accused: .coordinator), at: now)
        }
        guard now.milliseconds >= state.deadlines.vote else { return [] }
        return append(.rollback(round: state.number, reason: .deadline, accused: nil), at: now)
    }

    private mutating func countVotes(_ state: RoundState, _ late: Bool, at now: Instant) -> [CoordinatorEffect] {
        let approvals = state.votes.values.filter(\.approve).count
        let refusals = state.votes.count - approvals
        if approvals >= agreement.threshold, let candidate = round?.candidate {
            let effects = append(
                .publish(round: state.number, model: candidate.digest, parent: state.parentModel), at: now)
            guard log.contract.round?.isOver == true else { return effects }
            round?.candidate = nil
            let tree = ModelChunks.tree(of: candidate.model)
            model = PublishedModel(candidate.model, digest: candidate.digest, names: tree.names.digests)
            return [.keep(tree)] + effects + [.publish(round: state.number, model: candidate.model)]
                + advance(at: now)
        }
        if agreement.members.count - refusals < agreement.threshold {
            return append(.rollback(round: state.number, reason: .votedDown, accused: nil), at: now)
                + advance(at: now)
        }
        guard late else { return [] }
        return append(.rollback(round: state.number, reason: .deadline, accused: nil), at: now) + advance(at: now)
    }

    private mutating func abandon(_ state: RoundState, _ reason: AbandonReason, at now: Instant)
        -> [CoordinatorEffect]
    {
        let effects = append(
            .abandon(round: state.number, phase: state.phase, reason: reason), at: now)
        guard log.contract.round?.isOver == true else { return effects }
        return effects + advance(at: now)
    }

    private func closedRound(_ state: RoundState) -> ClosedRound? {
        guard let beacon = state.beacon else { return nil }
        return ClosedRound(
            federation: federation, round: state.number, seed: state.seed, beacon: beacon,
            commitments: state.closedCommitments, contests: state.contests)
    }
}
