import Ledger

/// A federation of generated identities that walks through rounds on a real log.
struct TestFederation {
    let members: [Identity]
    let coordinator: Identity
    let foundation: FederationFoundation
    var log: TransparencyLog
    var now: UInt64 = 1_000
    var keysPosted: [Int: Int] = [:]
    /// Members whose dealt nonce shares are off one polynomial, and whose nonce is not the shared one.
    var offPolynomialDealers: Set<Int> = []
    var falseNonceDealers: Set<Int> = []

    static func sharingParameters(_ n: Int) -> (t: Int, c: Int) {
        let c = (n - 1) / 3
        return ((n + c) / 2 + 1, c)
    }

    init(
        members n: Int = 5, threshold: Int? = nil, corruptible: Int? = nil, budget: UInt64 = 0, rounds: UInt32 = 10,
        founded: Bool = true, edit: (FederationFoundation) -> FederationFoundation = { $0 }
    ) throws {
        members = try (0..<n).map {
            try Identity(seed: Array(repeating: UInt8($0 + 1), count: 32), name: "hospital-\($0)")
        }
        coordinator = try Identity(seed: Array(repeating: 0xc0, count: 32), name: "coordinator")
        let (t, c) = TestFederation.sharingParameters(n)
        foundation = edit(
            FederationFoundation(
                name: "cordon-test", agreementDigest: Digest.sha256([1]), coordinatorKey: coordinator.publicKey,
                members: members.map { .init(name: $0.name, publicKey: $0.publicKey) }, threshold: threshold ?? t,
                corruptible: corruptible ?? c, recipientKeyBytes: 32, blockCount: 3, epsilonBudgetMicros: budget,
                deltaExponent: budget == 0 ? 0 : 5, initialModel: Digest.sha256([2]), maximumRounds: rounds))
        log = TransparencyLog(checks: TestFederation.checks(threshold: foundation.threshold))
        if founded {
            try post(.coordinator, .foundation(foundation))
            for member in members.indices { try postKeys(member, count: 4) }
        }
    }

    static func checks(threshold: Int) -> ContractChecks {
        ContractChecks(
            areAgreedDeadlines: { $0.vote - $0.commit == 6_000 && $0.commit < $1 + 2_000 },
            isWellFormedRecipientKey: { $0.first != 0xff },
            saltedNonceShareMatches: { Digest.of($0, domain: "\($2.dealer)-\($2.recipient)-nonce").bytes == $1 },
            dealtShareMatches: {
                Digest.of($0, domain: "\($2.round)-\($2.dealer)-\($2.recipient)").bytes == Array($1[..<32])
            },
            nonceMatches: { Digest.of($0, domain: "nonce-\($2.round)-\($2.dealer)").bytes == $1 },
            reconstructNonce: { shares in
                ShamirSharing.reconstruct(shares.mapValues(TestFederation.number), threshold: threshold)
                    .map(TestFederation.bytes)
            })
    }

    static func number(_ bytes: [UInt8]) -> UInt64 { bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) } }

    static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }

    var n: Int { members.count }
    var t: Int { foundation.threshold }
    var federation: Digest { foundation.digest }
    var contract: FederationContract { log.contract }
    var round: RoundState { contract.round! }
    var number: UInt32 { contract.openRound?.number ?? 0 }
    var deadlines: RoundDeadlines { round.deadlines }

    func identity(_ author: Author) -> Identity {
        switch author {
        case .coordinator: coordinator
        case .member(let index): members[index]
        }
    }

    /// Signs and appends; `instant` defaults to one millisecond after the last.
    @discardableResult
    mutating func post(_ author: Author, _ entry: LedgerEntry, at instant: UInt64? = nil) throws -> LedgerRecord {
        let signature = try entry.signature(by: identity(author), federation: federation)
        let record = try log.append(author: author, entry: entry, signature: signature, at: instant ?? now + 1)
        now = record.timestampMilliseconds
        return record
    }

    mutating func postKeys(_ member: Int, count: Int) throws {
        let first = keysPosted[member] ?? 0
        let keys = (first..<first + count).map { Digest.sha256([UInt8(member), UInt8($0)]).bytes }
            .map { [UInt8(0)] + $0.dropFirst() }
        try post(.member(member), .recipientKeys(firstIndex: UInt32(first), keys: keys))
        keysPosted[member] = first + count
    }

    func openEntry(_ edit: (RoundDeadlines) -> RoundDeadlines = { $0 }) -> OpenRound {
        let deadlines = RoundDeadlines(
            commit: now + 1_000, reveal: now + 2_000, sketch: now + 3_000, verdict: now + 4_000, sum: now + 5_000,
            report: now + 6_000, vote: now + 7_000)
        return OpenRound(
            round: contract.nextRound, parentModel: contract.lastPublishedModel!, deadlines: edit(deadlines))
    }

    // MARK: What a member deals

    func coefficients(_ dealer: Int) -> [UInt64] {
        (0..<t).map { degree in
            let digest = Digest.sha256([UInt8(dealer), UInt8(number), UInt8(degree)])
            return TestFederation.number(digest.bytes) % ShamirSharing.prime
        }
    }

    func nonce(_ dealer: Int) -> [UInt8] { TestFederation.bytes(coefficients(dealer)[0]) }

    func nonceShare(_ dealer: Int, _ recipient: Int) -> [UInt8] {
        var share = ShamirSharing.share(coefficients(dealer), of: recipient)
        if offPolynomialDealers.contains(dealer), recipient == 0 { share = (share + 1) % ShamirSharing.prime }
        return [7] + TestFederation.bytes(share)
    }

    func dealtShare(_ dealer: Int, _ recipient: Int) -> [UInt8] { [UInt8(number), UInt8(dealer), UInt8(recipient)] }

    func chunks(_ member: Int) -> [[UInt8]] {
        (0..<foundation.blockCount).map { block in
            Array(repeating: UInt8(member), count: 40) + [UInt8(number), UInt8(block)]
        }
    }

    func commitment(_ member: Int, spend: PrivacySpend = .none) -> Commitment {
        let shares = (0..<n).map { recipient in
            Digest.of(dealtShare(member, recipient), domain: "\(number)-\(member)-\(recipient)").bytes
                + Digest.sha256([]).bytes
                + Digest.of(nonceShare(member, recipient), domain: "\(member)-\(recipient)-nonce").bytes
        }
        let nonce = falseNonceDealers.contains(member) ? [UInt8(1)] : nonce(member)
        return Commitment(
            federation: federation, round: number, ciphertextRoot: merkleRoot(ofChunks: chunks(member)),
            blockCount: foundation.blockCount, shareCommitments: shares,
            nonceDigest: Digest.of(nonce, domain: "nonce-\(number)-\(member)").bytes, spend: spend)
    }

    func verdict(
        excluding exclusions: [Verdict.Exclusion] = [], accepted: [Int]? = nil, signers: [Int]? = nil,
        position: UInt64? = nil
    ) throws -> Verdict {
        let candidates = round.closedSet!
        let accepted = accepted ?? candidates.filter { member in !exclusions.contains { $0.member == member } }
        let position = position ?? contract.recordCount
        let message = verdictMessage(
            federation: federation, round: number, candidates: candidates, accepted: accepted, exclusions: exclusions,
            position: position)
        let signatures = try (signers ?? Array(0..<t)).map {
            Verdict.Signature(member: $0, signature: try members[$0].sign(message))
        }
        return Verdict(
            round: number, accepted: accepted, exclusions: exclusions, position: position, signatures: signatures)
    }

    // MARK: Walking

    var candidateModel: Digest { Digest.sha256([3, UInt8(number)]) }

    /// Goes on in the open round, or a new one, until it is in `phase`, everyone honest and present.
    mutating func advance(to phase: RoundPhase) throws {
        if contract.openRound == nil { try post(.coordinator, .open(openEntry())) }
        while round.phase < phase { try step() }
    }

    private mutating func step() throws {
        switch round.phase {
        case .commit:
            for member in members.indices where round.commitments[member] == nil {
                try post(.member(member), .commit(commitment(member)))
            }
            try post(.coordinator, .close(round: number))
        case .reveal:
            for member in round.closedSet! where round.nonces[member] == nil {
                try post(.member(member), .reveal(round: number, nonce: nonce(member)))
            }
            try post(.coordinator, .beacon(round: number))
        case .sketch: try post(.coordinator, sketchEntry())
        case .verdict: try post(.coordinator, .verdict(try verdict()))
        case .sum: try post(.coordinator, sumEntry())
        case .report: for member in round.verdict!.accepted { try postReport(member, agrees: true) }
        case .vote: break
        }
    }

    func sketchEntry(inconsistent: [Int] = []) -> LedgerEntry {
        .sketch(
            round: number, answersDigest: Digest.sha256([4]), sketchesDigest: Digest.sha256([5]),
            inconsistentDealers: inconsistent)
    }

    func sumEntry() -> LedgerEntry {
        .sum(
            round: number, encryptedSumRoot: Digest.sha256([6]), keySumDigest: Digest.sha256([7]),
            decryptedSumDigest: Digest.sha256([8]))
    }

    func assignedBlocks(_ member: Int) -> [UInt32] {
        (0..<foundation.blockCount).filter {
            contract.checkers(ofBlock: $0, round: round).prefix(foundation.corruptible + 1).contains(member)
        }
    }

    func reportEntry(_ blocks: [UInt32], agrees: Bool) -> LedgerEntry {
        .report(
            round: number, blocks: blocks, agrees: agrees,
            observed: blocks.map { Digest.sha256([9, UInt8($0), agrees ? 1 : 0]) })
    }

    mutating func postReport(_ member: Int, agrees: Bool) throws {
        let blocks = assignedBlocks(member)
        if !blocks.isEmpty { try post(.member(member), reportEntry(blocks, agrees: agrees)) }
    }

    mutating func vote(_ members: some Sequence<Int>, approve: Bool) throws {
        for member in members {
            try post(.member(member), .vote(round: number, candidate: candidateModel, approve: approve))
        }
    }

    mutating func publish() throws {
        try post(.coordinator, .publish(round: number, model: candidateModel, parent: round.parentModel))
    }

    /// A whole round to its published model.
    mutating func completeRound() throws {
        try advance(to: .vote)
        try vote(members.indices, approve: true)
        try publish()
    }
}
