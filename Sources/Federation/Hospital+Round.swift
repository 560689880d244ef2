import HomomorphicEncryption
import Ledger
import MultipartyEncryption
import SecureAggregation

extension Hospital {
    /// The closed round as the replica has it; nil before the beacon.
    var closedRound: ClosedRound? {
        guard let state = log.contract.round, let beacon = state.beacon else { return nil }
        return ClosedRound(
            federation: federation, round: state.number, seed: state.seed, beacon: beacon,
            commitments: state.closedCommitments, contests: state.contests)
    }

    /// Takes the next step the ledger calls for, if any. Level-triggered: called after every event, it compares where
    /// the round stands on the ledger with how far this hospital has come.
    mutating func advance(at now: Instant) -> [HospitalEffect] {
        guard ledgerRefusal == nil, let state = log.contract.round else { return [] }
        // What this hospital judged itself is taken before the next round forgets it; what it missed is asked for.
        var effects = remember() + begin(state) + remember()
        switch state.ending {
        case .published: return effects + adoptModel(state) + requestMissedModel(state)
        // The model may be of an earlier round, published while this hospital was away.
        case .rolledBack, .abandoned: return effects + eraseRound() + requestMissedModel(state)
        case nil: break
        }
        guard now.milliseconds < state.deadlines.vote + Self.erasureGraceMilliseconds else {
            return effects + (own?.isLapsed == false ? lapse() : [])
        }
        switch state.phase {
        case .commit: effects += train(state)
        case .reveal:
            effects += openShares(state, at: now) + reveal(state) + justify(state) + helpOpenNonces(state, now)
        case .sketch: effects += answerOpenings()
        case .verdict: effects += compareOpenings(state) + inspect(state, at: now) + judge(state)
        case .sum: effects += releaseKeyShareSum(state)
        case .report: effects += checkSum(state, at: now)
        case .vote: effects += checkSum(state, at: now) + validate()
        }
        return effects
    }

    /// A new round forgets the one before it, keys and all. The end of that one and this opening may have come
    /// in one message: its model is adopted first.
    private mutating func begin(_ state: RoundState) -> [HospitalEffect] {
        guard own?.number != state.number, !state.isOver else { return [] }
        let effects = adoptCandidate() + eraseRound()
        outbox.dropRounds(before: state.number)
        requestedModel = nil
        missedModel = nil
        missedSuspicion = nil
        own = OwnRound(number: state.number, recipientKeyIndex: state.recipientKeyIndex[member].map(Int.init))
        return effects
    }

    private mutating func train(_ state: RoundState) -> [HospitalEffect] {
        // A commitment that already stands is this hospital's own, from before it was restored: it makes no second one.
        guard own?.progress == .fresh, state.recipientKeyIndex[member] != nil, state.commitments[member] == nil
        else { return [] }
        guard modelDigest == state.parentModel else { return requestMissedModel(state) }
        own?.progress = .training
        let announcement = Announcement(
            federation: federation, round: state.number, seed: state.seed, model: model,
            recipientKeys: log.contract.recipientPublicKeys(of: state))
        return [
            .persist(.roundUsed(round: state.number)), .perform(.contribute(announcement, account: account)),
        ]
    }

    /// Opens the shares that have come, and checks each against its dealer's commitment; complains of what is bad, and
    /// after half the time of what never came.
    private mutating func openShares(_ state: RoundState, at now: Instant) -> [HospitalEffect] {
        guard let keyIndex = state.recipientKeyIndex[member].map(Int.init), recipientKeys.indices.contains(keyIndex),
            let key = recipientKeys[keyIndex]
        else { return [] }
        var bad: [Int] = []
        for dealer in state.closedMembers where own?.shares[dealer] == nil {
            guard let commitment = state.commitments[dealer], let sealed = own?.sealed[dealer] else { continue }
            if let share = opened(sealed, with: key, commitment, state) {
                own?.shares[dealer] = share
            } else {
                bad.append(dealer)
            }
        }
        if now.milliseconds >= state.deadlines.complaint - Self.complaintMarginMilliseconds {
            bad += state.closedMembers.filter { own?.shares[$0] == nil && own?.sealed[$0] == nil }
        }
        takeJustifications(state)
        var effects: [HospitalEffect] = []
        for dealer in bad where own?.shares[dealer] == nil && own?.complaints.contains(dealer) == false {
            own?.complaints.insert(dealer)
            effects += submit(.complaint(round: state.number, dealer: dealer), for: state.number)
        }
        return effects
    }

    private func opened(
        _ sealed: SealedShare, with key: OneTimeRecipientKey, _ commitment: Commitment, _ state: RoundState
    ) -> DealtShare? {
        let info = shareInfo(
            federation: federation, round: state.number, dealer: sealed.dealer, recipient: member,
            ciphertextRoot: commitment.ciphertextRoot)
        guard let plain = try? key.open(sealed.bytes, info: info) else { return nil }
        return checked(plain, from: sealed.dealer, commitment, state)
    }

    private func checked(_ bytes: [UInt8], from dealer: Int, _ commitment: Commitment, _ state: RoundState)
        -> DealtShare?
    {
        guard let share = try? DealtShare(bytes: bytes, parameters: agreement.encryption), share.dealer == dealer,
            share.recipient == member, commitment.shareCommitments.indices.contains(member),
            let promised = try? ShareCommitment(bytes: commitment.shareCommitments[member]),
            share.matches(
                promised, context: dealingContext(federation: federation, seed: state.seed, dealer: dealer).bytes)
        else { return nil }
        return share
    }

    private mutating func takeJustifications(_ state: RoundState) {
        for (dealer, share) in state.justifications(to: member) where own?.shares[dealer] == nil {
            guard let commitment = state.commitments[dealer] else { continue }
            let taken = checked(share, from: dealer, commitment, state)
            own?.shares[dealer] = taken
        }
    }

    /// Reveals the own nonce once the set is closed and every share is here or complained of.
    private mutating func reveal(_ state: RoundState) -> [HospitalEffect] {
        guard let own, own.progress == .committed, state.closedMembers.contains(member), let secrets = own.secrets,
            state.closedMembers.allSatisfy({ own.shares[$0] != nil || own.complaints.contains($0) })
        else { return [] }
        self.own?.progress = .revealed
        return submit(.reveal(round: state.number, nonce: secrets.dealing.nonce), for: state.number)
    }

    /// Answers complaints about the own dealing with that one share, never with a key.
    private mutating func justify(_ state: RoundState) -> [HospitalEffect] {
        guard let secrets = own?.secrets else { return [] }
        var effects: [HospitalEffect] = []
        for recipient in state.complaints(about: member) where own?.justified.contains(recipient) == false {
            own?.justified.insert(recipient)
            effects += submit(
                .justification(
                    round: state.number, recipient: recipient, share: secrets.dealing.share(for: recipient).bytes),
                for: state.number)
        }
        return effects
    }

    /// After the reveal deadline: gives the nonce parts of the shares of those who withheld theirs.
    private mutating func helpOpenNonces(_ state: RoundState, _ now: Instant) -> [HospitalEffect] {
        guard now.milliseconds >= state.deadlines.reveal, own?.nonceSharesSent == false else { return [] }
        let withheld = state.closedMembers.filter { state.nonces[$0] == nil }
        guard !withheld.isEmpty, let held = own?.shares else { return [] }
        own?.nonceSharesSent = true
        let parts = withheld.reduce(into: [Int: [UInt8]]()) { $0[$1] = held[$1]?.noncePart.bytes }
        return [speak(.nonceShares(round: state.number, parts), for: state.number)]
    }

    /// Openings 1 and 2, for the closed set on the ledger and for no other: asked again, the outbox has the same bytes.
    private mutating func answerOpenings() -> [HospitalEffect] {
        guard let own, own.progress < .answering, let round = closedRound else { return [] }
        self.own?.progress = .answering
        return [
            .persist(.answered(round: round.round, beacon: round.beacon, closedSet: round.members)),
            .perform(.answer(round, shares: own.shares)),
        ]
    }

    /// Opening 3, once the verdict stands on the ledger with the signatures the contract checked here.
    private mutating func releaseKeyShareSum(_ state: RoundState) -> [HospitalEffect] {
        guard let own, own.progress < .released, own.release == nil, let verdict = state.verdict else { return [] }
        let held = verdict.accepted.compactMap { own.shares[$0] }
        guard held.count == verdict.accepted.count else { return [] }
        let sum = KeyShareSum(summing: held, parameters: agreement.encryption).bytes
        self.own?.progress = .released
        self.own?.release = (verdict.accepted, sum)
        return [
            .persist(
                .sumShareReleased(
                    round: state.number, accepted: verdict.accepted,
                    answer: Digest.of(sum, domain: "cordon/key-share-sum/v1"))),
            speak(.keyShareSum(round: state.number, accepted: verdict.accepted, bytes: sum), for: state.number),
        ]
    }

    /// Recomputes the blocks assigned to this hospital, and the opened sum, once their chunks are here. A silent or
    /// contradicted checker's blocks pass to the next in order, so work may come after the first report.
    private mutating func checkSum(_ state: RoundState, at now: Instant) -> [HospitalEffect] {
        let due = log.contract.blocksToCheck(by: member, in: state, at: now)
        guard let own, own.progress != .checking,
            let material = own.sumMaterial, let judgement = own.judgement, let round = closedRound,
            let posted = state.postedSum, let verdict = state.verdict
        else { return [] }
        let mine = due.filter { !own.reported.contains($0) }
        let ciphertexts = verdict.accepted.compactMap { own.ciphertexts[$0] }
        guard ciphertexts.count == verdict.accepted.count, own.progress < .checking || !mine.isEmpty else { return [] }
        let assigned = mine.reduce(into: [UInt32: [Digest]]()) { assigned, block in
            assigned[block] = ciphertexts.map { $0.digests[Int(block)] }
        }
        // Of a sum that is not the posted one nothing is fetched: it cannot be approved.
        let blocks = material.blocks.root == posted.encryptedRoot ? material.blocks.digests : []
        let needed = blocks + mine.flatMap { assigned[$0] ?? [] }
        guard needed.allSatisfy(own.requests.has) else { return fetch(needed) }
        if self.own?.progress ?? .fresh < .checking { self.own?.progress = .checking }
        self.own?.reported.formUnion(mine)
        let answers = material.answers.filter { $0.value.accepted == verdict.accepted }.mapValues(\.share)
        return [
            .perform(
                .check(
                    SumToCheck(
                        round: round, judgement: judgement, blocks: material.blocks, keyAnswers: answers,
                        posted: posted, assigned: assigned, base: model)))
        ]
    }

    private mutating func fetch(_ names: [Digest]) -> [HospitalEffect] {
        let fresh = own?.requests.ask(names) ?? []
        return fresh.isEmpty ? [] : [.fetch(names: fresh)]
    }

    private mutating func validate() -> [HospitalEffect] {
        guard let own, own.progress == .checked, let check = own.check else { return [] }
        guard check.sumHolds, let candidate = check.candidate else { return vote(false, in: own.number) }
        self.own?.progress = .validating
        return [.perform(.validate(round: own.number, candidate: candidate, base: model))]
    }

    /// The end of a published round: adopts its model and forgets the rest.
    private mutating func adoptModel(_ state: RoundState) -> [HospitalEffect] {
        guard own?.number == state.number else { return [] }
        return adoptCandidate() + eraseRound()
    }

    /// Adopts the published model, if it is the one this hospital computed itself from the opened sum.
    private mutating func adoptCandidate() -> [HospitalEffect] {
        guard let own, let candidate = own.candidate ?? own.check?.candidate,
            let published = log.contract.lastPublishedModel, modelDigest != published,
            modelDigestOf(candidate) == published
        else { return [] }
        model = candidate
        return [.adopt(round: own.number, model: candidate)]
    }

    /// Forgets the round, and erases its secrets unless that was done when its time was over.
    private mutating func eraseRound() -> [HospitalEffect] {
        let effects = own?.isLapsed == false ? lapse() : []
        own = nil
        return effects
    }

    /// Erases the round's keys, shares, masks and polynomials, and the one-time key that served it. A round that the
    /// ledger never ends lapses by this hospital's own clock; what is public of it stays, in case it is published.
    private mutating func lapse() -> [HospitalEffect] {
        guard let old = own else { return [] }
        own?.erase()
        own?.isLapsed = true
        if let index = old.recipientKeyIndex, recipientKeys.indices.contains(index) {
            recipientKeys[index]?.erase()
            recipientKeys[index] = nil
        }
        return [.persist(.erased(round: old.number))]
    }
}
