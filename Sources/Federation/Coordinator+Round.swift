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
        case .report: return watchReports(state, late, at: now)
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
            round: number, parentModel: modelDigestOf(model), deadlines: agreement.deadlines.instants(from: now))
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
        let uploads = own.uploads.mapValues(\.chunks)
        return [.perform(.judge(closed, uploads: uploads, answers: own.answers.mapValues(\.value)))]
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
            malformed: evidence(of: gathered.malformed, own.uploads),
            answers: own.answers.keys.sorted().compactMap { own.answers[$0]?.envelope.bytes })
        effects += speakToAll(message)
        return effects
    }

    /// The first chunk of each malformed ciphertext that shows what is wrong with it.
    private func evidence(of malformed: [Int], _ uploads: [Int: ChunkTree]) -> [ChunkEvidence] {
        malformed.compactMap { member in
            guard let tree = uploads[member],
                let index = tree.chunks.firstIndex(where: {
                    !EncryptedUpdate.isWellFormed(block: $0, parameters: agreement.encryption)
                })
            else { return nil }
            return ChunkEvidence(member: member, proof: tree.proof(of: index))
        }
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
            return [.perform(.judgeAgain(closed, gathered))]
        }
        // A signature is also a member's word that it contests nothing more: all are waited for while contests may
        // come. A verdict that cannot be given is abandoned at the deadline.
        let due = state.recipientKeyIndex.count
        guard late || own.signatures.count >= due, own.signatures.count >= agreement.threshold, judgement.isDecided,
            judgement.verdict.accepted.count >= agreement.minimumAccepted
        else { return [] }
        let posted = state.verdict(judgement.verdict, signatures: [])
        let message = posted.signingMessage(in: state, federation: federation)
        let valid = own.signatures.keys.sorted().compactMap { member in
            own.signatures[member]?.first {
                isValidSignature($0, for: message, by: agreement.members[member].publicKey)
            }.map { Ledger.Verdict.Signature(member: member, signature: $0) }
        }
        guard valid.count >= (late ? agreement.threshold : due) else { return [] }
        let effects = append(.verdict(state.verdict(judgement.verdict, signatures: valid)), at: now)
        guard log.contract.round?.phase == .sum else { return effects }
        return effects + advance(at: now)
    }

    private mutating func openSum(_ state: RoundState, _ late: Bool, at now: Instant) -> [CoordinatorEffect] {
        guard let own = round, !own.summing, let judgement = own.judgement, let closed = closedRound(state),
            let verdict = state.verdict
        else { return [] }
        let answers = own.keyAnswers.filter { $0.value.value.accepted == verdict.accepted }
        let due = state.recipientKeyIndex.count
        guard late || answers.count == due else { return [] }
        guard answers.count >= agreement.threshold else { return [] }
        let updates = verdict.accepted.compactMap { member in
            own.uploads[member].flatMap { try? EncryptedUpdate(blocks: $0.chunks, parameters: agreement.encryption) }
        }
        round?.summing = true
        return [
            .perform(
                .openSum(
                    closed, updates: updates, keyAnswers: answers.mapValues { $0.value.share }, base: model,
                    judgement))
        ]
    }

    /// Posts the digests of the opened sum and sends everybody the sum itself.
    mutating func post(_ result: Result<OpenedSum, FederationError>, in number: UInt32, at now: Instant)
        -> [CoordinatorEffect]
    {
        guard let own = round, own.number == number, own.sum == nil, let state = log.contract.round,
            state.number == number, state.phase == .sum
        else { return [] }
        switch result {
        case .failure(let error):
            // The deadline abandons the round.
            return [.report(error)]
        case .success(let sum):
            round?.sum = sum
            let tree = ChunkTree(sum.encrypted.blocks)
            var effects: [CoordinatorEffect] = [.store(tree)]
            effects += append(
                .sum(
                    round: number, encryptedSumRoot: tree.root, keySumDigest: sum.keyDigest,
                    decryptedSumDigest: sum.decryptedDigest),
                at: now)
            let message = Message.openedSum(
                round: number, blocks: sum.encrypted.blocks,
                answers: own.keyAnswers.keys.sorted().compactMap { own.keyAnswers[$0]?.envelope.bytes })
            effects += speakToAll(message)
            if !sum.liars.isEmpty {
                let names = sum.liars.map { agreement.members[$0].name }.joined(separator: ", ")
                effects.append(
                    .report(
                        FederationError(
                            .malformedMessage,
                            "round \(number): \(names) answered the sum opening falsely; the other answers opened it")))
            }
            return effects
        }
    }

    private mutating func watchReports(_ state: RoundState, _ late: Bool, at now: Instant) -> [CoordinatorEffect] {
        if !state.refutedBlocks(corruptible: agreement.corruptible).isEmpty {
            return append(
                .rollback(round: state.number, reason: .reportMismatch, accused: .coordinator), at: now)
        }
        var effects: [CoordinatorEffect] = []
        for member in agreement.members.indices { effects += sendChunks(state, to: member, at: now) }
        if now.milliseconds >= state.deadlines.vote {
            effects += append(.rollback(round: state.number, reason: .deadline, accused: nil), at: now)
        }
        return effects
    }

    /// Sends a member the chunks of the blocks it is to check; after the deadline also those of silent ones before it.
    private mutating func sendChunks(_ state: RoundState, to member: Int, at now: Instant) -> [CoordinatorEffect] {
        guard let own = round, let verdict = state.verdict else { return [] }
        let assigned = Set(log.contract.blocksToCheck(by: member, in: state, at: now))
        let fresh = assigned.subtracting(own.chunksSent[member] ?? [])
        guard !fresh.isEmpty else { return [] }
        round?.chunksSent[member, default: []].formUnion(fresh)
        let blocks = fresh.sorted()
        let together = Limits.blocksPerMessage(
            contributors: verdict.accepted.count, blockBytes: agreement.encryption.blockBytes)
        return stride(from: 0, to: blocks.count, by: together).flatMap { first in
            let evidence = blocks[first..<min(first + together, blocks.count)].flatMap { block in
                verdict.accepted.compactMap { accepted in
                    own.uploads[accepted].map { ChunkEvidence(member: accepted, proof: $0.proof(of: Int(block))) }
                }
            }
            return speak(.chunks(round: state.number, evidence), to: member)
        }
    }

    private mutating func countVotes(_ state: RoundState, _ late: Bool, at now: Instant) -> [CoordinatorEffect] {
        let approvals = state.votes.values.filter(\.approve).count
        let refusals = state.votes.count - approvals
        if approvals >= agreement.threshold, let sum = round?.sum {
            let effects = append(
                .publish(round: state.number, model: sum.modelDigest, parent: state.parentModel), at: now)
            guard log.contract.round?.isOver == true else { return effects }
            model = sum.candidate
            return effects + [.publish(round: state.number, model: model)] + advance(at: now)
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
