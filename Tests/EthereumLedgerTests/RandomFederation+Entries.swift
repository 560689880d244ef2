import Ledger

extension RandomFederation {
    private var number: UInt32 { contract.openRound?.number ?? contract.nextRound }

    private mutating func digest(_ choices: UInt8 = 3) -> Digest {
        Digest.sha256([UInt8.random(in: 0..<choices, using: &rng)])
    }

    /// What the phase at hand waits for.
    mutating func sensibleEntry() throws -> (Author, LedgerEntry) {
        guard contract.foundation != nil else {
            return (.coordinator, .foundation(chance(70) ? oddFoundation() : foundation))
        }
        guard let round = contract.openRound else {
            if let poor = members.indices.first(where: { contract.unusedRecipientKeys(of: $0) == 0 }), !chance(10) {
                return (.member(poor), keys(of: poor, count: 2))
            }
            return (.coordinator, open())
        }
        if now >= round.phaseDeadline || chance(3) {
            return round.sum == nil ? (anyAuthor(), abandonment(round)) : (anyAuthor(), rollback())
        }
        switch round.phase {
        case .commit:
            let due = round.recipientKeyIndex.keys.filter { round.commitments[$0] == nil }.sorted()
            guard let member = due.randomElement(using: &rng) else { return (.coordinator, .close(round: number)) }
            return chance(10)
                ? (.coordinator, .close(round: number))
                : (.member(member), .commit(chance(15) ? reusing(member) : commitment(member)))
        case .reveal: return revealing(round)
        case .sketch: return (.coordinator, sketch(round))
        case .verdict:
            if chance(25), let dealer = round.closedSet?.randomElement(using: &rng) {
                return (.member(dealer), contest())
            }
            return (.coordinator, .verdict(try verdict(round)))
        case .sum: return (.coordinator, sum())
        case .report:
            let due = (round.verdict?.accepted ?? []).filter { !blocksDue(of: $0, round).isEmpty }
            guard let member = due.randomElement(using: &rng) else { return (.coordinator, rollback()) }
            return (.member(member), report(member, round))
        case .vote:
            let due = members.indices.filter { round.votes[$0] == nil }
            if let member = due.randomElement(using: &rng), !chance(15) {
                let vote = LedgerEntry.vote(round: number, candidate: candidate(round), approve: !chance(25))
                return (.member(member), vote)
            }
            return chance(70)
                ? (.coordinator, .publish(round: number, model: candidate(round), parent: round.parentModel))
                : (anyAuthor(), rollback())
        }
    }

    private mutating func revealing(_ round: RoundState) -> (Author, LedgerEntry) {
        if chance(15) { return (.member(anyMember()), .complaint(round: number, dealer: anyMember())) }
        let complaints = chance(20) ? round.complaints.sorted() : round.unansweredComplaints
        if let complaint = complaints.randomElement(using: &rng), chance(50) {
            return (
                .member(complaint.dealer),
                .justification(round: number, recipient: complaint.recipient, share: [1, 2, 3])
            )
        }
        let due = (round.closedSet ?? []).filter { round.nonces[$0] == nil }
        guard let member = due.randomElement(using: &rng) else { return (.coordinator, .beacon(round: number)) }
        if now >= round.deadlines.reveal || chance(5) {
            let owner = chance(80) ? member : anyMember()
            return chance(80) ? (.coordinator, nonceOpening(owner)) : (.coordinator, .beacon(round: number))
        }
        return (.member(member), .reveal(round: number, nonce: nonce()))
    }

    /// Anything that decodes, from anybody.
    mutating func anyEntry() throws -> (Author, LedgerEntry) {
        let author = anyAuthor()
        let round = contract.round
        let number = chance(90) ? self.number : UInt32.random(in: 0...5, using: &rng)
        switch Int.random(in: 0..<19, using: &rng) {
        case 0: return (author, .foundation(chance(30) ? foundation : oddFoundation()))
        case 1:
            let member = anyMember()
            return (chance(80) ? .member(member) : author, keys(of: member, count: Int.random(in: 0...2, using: &rng)))
        case 2: return (author, open())
        case 3:
            let member = anyMember()
            return (chance(80) ? .member(member) : author, .commit(oddCommitment(member)))
        case 4: return (author, .close(round: number))
        case 5: return (author, .reveal(round: number, nonce: chance(80) ? nonce() : [50, 51]))
        case 6: return (author, .complaint(round: number, dealer: anyMember()))
        case 7: return (author, .justification(round: number, recipient: anyMember(), share: [7]))
        case 8: return (author, nonceOpening(anyMember()))
        case 9: return (author, .beacon(round: number))
        case 10:
            return (
                author,
                .sketch(
                    round: number, answersDigest: digest(), sketchesDigest: digest(),
                    inconsistentDealers: [anyMember(), anyMember()])
            )
        case 11: return (author, contest())
        case 12: return (author, .verdict(try round.map { try oddVerdict($0) } ?? emptyVerdict))
        case 13: return (author, sum())
        case 14:
            let blocks = (0..<Int.random(in: 0...3, using: &rng)).map { _ in UInt32.random(in: 0...3, using: &rng) }
            return (
                author,
                .report(round: number, blocks: blocks, agrees: chance(50), observed: blocks.map { _ in digest(2) })
            )
        case 15: return (author, .vote(round: number, candidate: digest(), approve: chance(50)))
        case 16: return (author, .publish(round: number, model: digest(), parent: digest()))
        case 17: return (author, rollback())
        default:
            guard let round, chance(80) else {
                return (author, .abandon(round: number, phase: .sum, reason: .deadline))
            }
            return (author, abandonment(round))
        }
    }

    // MARK: Entries

    private mutating func keys(of member: Int, count: Int) -> LedgerEntry {
        let known = UInt32(contract.recipientKeys[member]?.count ?? 0)
        let keys = (0..<count).map { _ in
            chance(3)
                ? [UInt8](repeating: 9, count: 40)
                : (0..<(chance(97) ? 40 : 39)).map { _ in UInt8.random(in: 0...255, using: &rng) }
        }
        return .recipientKeys(firstIndex: chance(95) ? known : known + 1, keys: keys)
    }

    private mutating func open() -> LedgerEntry {
        // The record's instant is drawn later: of the three that are likely, one is hit.
        var instant = now + UInt64.random(in: 0...3, using: &rng)
        var instants = RandomFederation.phaseMilliseconds.map { milliseconds in
            instant += milliseconds
            return instant
        }
        if chance(3) { instants[3] = instants[2] }
        return .open(
            OpenRound(
                round: number, parentModel: chance(95) ? contract.lastPublishedModel ?? digest() : digest(),
                deadlines: RoundDeadlines(instants)))
    }

    private func commitment(_ member: Int) -> Commitment { commitment(member, root: Digest.sha256(salt), spend: nil) }

    /// Differs from entry to entry.
    private var salt: [UInt8] { Array("\(contract.recordCount) \(now)".utf8) }

    private func commitment(_ member: Int, root: Digest, spend: PrivacySpend?) -> Commitment {
        let after = (contract.spent[member] ?? 0) + 900
        let usual =
            foundation.epsilonBudgetMicros == 0
            ? PrivacySpend.none
            : PrivacySpend(
                noiseMultiplierMicros: 1, samplingRateMicros: 1_000_000, steps: 1, epsilonMicrosAfter: after)
        return Commitment(
            federation: federation, round: number, ciphertextRoot: root, blockCount: foundation.blockCount,
            shareCommitments: members.map { _ in [UInt8](repeating: 5, count: 96) },
            nonceDigest: Digest.sha256(salt + [1]).bytes, spend: spend ?? usual)
    }

    /// With a ciphertext or a nonce that may have been committed before.
    private mutating func reusing(_ member: Int) -> Commitment {
        let usual = commitment(member, root: chance(50) ? digest(2) : Digest.sha256(salt), spend: nil)
        return Commitment(
            federation: usual.federation, round: usual.round, ciphertextRoot: usual.ciphertextRoot,
            blockCount: usual.blockCount, shareCommitments: usual.shareCommitments,
            nonceDigest: chance(50) ? digest(2).bytes : usual.nonceDigest, spend: usual.spend)
    }

    private mutating func oddCommitment(_ member: Int) -> Commitment {
        let spend = PrivacySpend(
            noiseMultiplierMicros: UInt64.random(in: 0...2, using: &rng),
            samplingRateMicros: chance(90) ? 5 : 1_000_001, steps: UInt32.random(in: 0...2, using: &rng),
            epsilonMicrosAfter: UInt64.random(in: 0...6_000, using: &rng))
        let usual = commitment(
            member, root: chance(70) ? Digest.sha256(salt) : digest(), spend: chance(50) ? nil : spend)
        return Commitment(
            federation: chance(95) ? usual.federation : digest(), round: usual.round,
            ciphertextRoot: usual.ciphertextRoot, blockCount: chance(95) ? usual.blockCount : 9,
            shareCommitments: chance(95) ? usual.shareCommitments : [[1, 2]],
            nonceDigest: chance(90) ? (chance(80) ? usual.nonceDigest : digest().bytes) : [3], spend: usual.spend)
    }

    private mutating func nonce() -> [UInt8] { [200] + digest(200).bytes.dropFirst() }

    private mutating func nonceOpening(_ owner: Int) -> LedgerEntry {
        let helpers = members.indices.shuffled(using: &rng).prefix(
            foundation.threshold - (chance(10) ? 1 : 0) + (chance(30) ? 1 : 0))
        var shares = helpers.map {
            LedgerEntry.NonceShare(member: $0, bytes: [UInt8.random(in: 0...255, using: &rng), 2])
        }
        if chance(15) { shares.append(.init(member: anyMember(), bytes: [1])) }
        return .nonceOpening(round: number, owner: owner, shares: shares)
    }

    private mutating func sketch(_ round: RoundState) -> LedgerEntry {
        let dealers = (round.closedSet ?? []).filter { _ in chance(8) }
        return .sketch(
            round: number, answersDigest: digest(), sketchesDigest: digest(), inconsistentDealers: dealers)
    }

    private mutating func contest() -> LedgerEntry {
        .contest(round: number, helper: anyMember(), answerDigest: digest(), share: [4, 4])
    }

    private mutating func verdict(_ round: RoundState) throws -> Verdict {
        let dealers = round.contests.isEmpty ? round.sketch?.inconsistentDealers ?? [] : []
        let excluded = (round.closedSet ?? []).filter { dealers.contains($0) || chance(10) }
        return try signed(
            round, accepted: (round.closedSet ?? []).filter { !excluded.contains($0) },
            exclusions: excluded.map {
                .init(member: $0, reason: chance(10) ? .init(rawValue: 25) : .multiKrum, details: [3, -4])
            },
            position: contract.recordCount)
    }

    private mutating func oddVerdict(_ round: RoundState) throws -> Verdict {
        let accepted = members.indices.filter { _ in chance(70) }
        let excluded = (round.closedSet ?? []).filter { !accepted.contains($0) }
        return try signed(
            round, accepted: chance(90) ? accepted : accepted.reversed(),
            exclusions: excluded.map {
                .init(
                    member: $0,
                    reason: chance(90) ? .custom(5) : .init(rawValue: UInt16.random(in: 0...30, using: &rng)))
            }, position: UInt64.random(in: 0...contract.recordCount + 1, using: &rng))
    }

    private var emptyVerdict: Verdict {
        Verdict(round: number, accepted: [], exclusions: [], position: 0, signatures: [])
    }

    private mutating func signed(
        _ round: RoundState, accepted: [Int], exclusions: [Verdict.Exclusion], position: UInt64
    ) throws -> Verdict {
        let suspicion = chance(50) ? digest() : nil
        let message = verdictMessage(
            federation: federation, round: round.number, candidates: round.closedSet ?? [],
            accepted: accepted, exclusions: exclusions, position: position, suspicion: suspicion)
        var signers = Array(members.indices.shuffled(using: &rng).prefix(foundation.threshold - (chance(8) ? 1 : 0)))
        if !chance(4) { signers.sort() }
        if chance(2) { signers.append(members.count + 1) }
        let signatures = try signers.map { signer in
            let forged = chance(2) ? 1 : 0
            let identity = members[(signer + forged) % members.count]
            return Verdict.Signature(member: signer, signature: try identity.sign(message))
        }
        return Verdict(
            round: number, accepted: accepted, exclusions: exclusions, position: position, suspicion: suspicion,
            signatures: signatures)
    }

    private mutating func sum() -> LedgerEntry {
        .sum(round: number, encryptedSumRoot: digest(), keySumDigest: digest(), decryptedSumDigest: digest())
    }

    private func blocksDue(of member: Int, _ round: RoundState) -> [UInt32] {
        (0..<foundation.blockCount).filter { block in
            let due = contract.checkers(ofBlock: block, round: round).prefix(foundation.corruptible + 1)
            return due.contains(member) && round.reports[block]?.contains { $0.member == member } != true
        }
    }

    private mutating func report(_ member: Int, _ round: RoundState) -> LedgerEntry {
        let blocks = chance(10) ? Array(0..<foundation.blockCount) : blocksDue(of: member, round)
        let agrees = !chance(10)
        return .report(
            round: number, blocks: blocks, agrees: agrees,
            observed: blocks.map { Digest.sha256([UInt8($0), chance(95) ? 1 : 2]) })
    }

    private mutating func abandonment(_ round: RoundState) -> LedgerEntry {
        .abandon(
            round: number, phase: chance(90) ? round.phase : .verdict,
            reason: AbandonReason.allCases.randomElement(using: &rng) ?? .deadline)
    }

    private func candidate(_ round: RoundState) -> Digest { Digest.sha256([UInt8(round.number % 3)]) }

    private mutating func rollback() -> LedgerEntry {
        let accused: Author? = chance(40) ? nil : (chance(50) ? .coordinator : .member(anyMember()))
        return .rollback(
            round: number, reason: RollbackReason.allCases.randomElement(using: &rng) ?? .deadline, accused: accused)
    }

    private mutating func oddFoundation() -> FederationFoundation {
        let isSmall = chance(20)
        var members = foundation.members
        if isSmall { members = Array(members.prefix(2)) }
        if chance(20) { members[1] = .init(name: members[1].name, publicKey: members[0].publicKey) }
        if chance(20) { members[1] = .init(name: members[1].name, publicKey: [1, 2, 3]) }
        return FederationFoundation(
            name: foundation.name, agreementDigest: foundation.agreementDigest,
            coordinatorKey: foundation.coordinatorKey, members: members,
            threshold: Int.random(in: 0...7, using: &rng), corruptible: Int.random(in: 0...3, using: &rng),
            recipientKeyBytes: Int.random(in: 0...1, using: &rng) * 40,
            blockCount: UInt32.random(in: 0...2, using: &rng),
            epsilonBudgetMicros: 5, deltaExponent: UInt8.random(in: 0...1, using: &rng),
            initialModel: foundation.initialModel, maximumRounds: UInt32.random(in: 0...2, using: &rng))
    }
}
