/// The federation's rules as a deterministic state machine over ledger records. Coordinator, hospitals and auditors
/// run the same one; a record that breaks a rule leaves the state as it was.
package struct FederationContract: Sendable {
    package let checks: ContractChecks
    package internal(set) var foundation: FederationFoundation?
    package internal(set) var federationDigest: Digest?
    /// Records applied: the index of the next.
    package internal(set) var recordCount: UInt64 = 0
    package internal(set) var lastTimestampMilliseconds: UInt64 = 0
    /// The latest round, ended or not.
    package internal(set) var round: RoundState?
    package internal(set) var lastPublishedModel: Digest?
    /// What the latest verdict names as the suspicion of the rounds so far, whatever became of its round.
    package internal(set) var lastSuspicion: Digest?
    /// Numbers of the published rounds, ascending.
    package internal(set) var publishedRounds: [UInt32] = []
    /// Rounds that ended, oldest first.
    package internal(set) var endedRounds: [RoundState] = []
    /// ε·10⁶ that each member has spent; commitments of abandoned rounds count.
    package internal(set) var spent: [Int: UInt64] = [:]
    /// Every one-time key posted, by member.
    package internal(set) var recipientKeys: [Int: [[UInt8]]] = [:]
    /// By member, how many keys rounds have used up.
    var usedRecipientKeys: [Int: Int] = [:]
    var seenRecipientKeys: Set<Digest> = []
    /// By member, as nobody may stand in another's way by committing first what the other is about to.
    var seenCiphertexts: [Int: Set<Digest>] = [:]
    var seenNonces: [Int: Set<[UInt8]>] = [:]

    package init(checks: ContractChecks) { self.checks = checks }

    /// The round that has not ended.
    package var openRound: RoundState? { round?.ending == nil ? round : nil }

    /// The number that the next `open` must carry.
    package var nextRound: UInt32 { (round?.number ?? 0) + 1 }

    package func unusedRecipientKeys(of member: Int) -> Int {
        (recipientKeys[member]?.count ?? 0) - (usedRecipientKeys[member] ?? 0)
    }

    /// The key to seal to for `member` in the current round; nil if it has none.
    package func recipientKey(of member: Int) -> [UInt8]? {
        guard let index = openRound?.recipientKeyIndex[member] else { return nil }
        return recipientKeys[member]?[Int(index)]
    }

    /// Executes `record`, or refuses it and stays as it was.
    ///
    /// Every rule checks all it has to check before it changes anything, so nothing is copied to be able to go back.
    package mutating func apply(_ record: LedgerRecord) throws(Refusal) -> [ContractEvent] {
        try require(record.index == recordCount, .wrongIndex) {
            "record \(record.index) where \(recordCount) is next"
        }
        try require(record.timestampMilliseconds >= lastTimestampMilliseconds, .timeRunsBackwards) {
            "record \(record.index) is older than the one before"
        }
        let entry: LedgerEntry
        do {
            entry = try record.entry()
        } catch {
            throw Refusal(.malformedEntry, error.message)
        }
        let events = try dispatch(entry, record)
        recordCount += 1
        lastTimestampMilliseconds = record.timestampMilliseconds
        return events
    }

    private mutating func dispatch(_ entry: LedgerEntry, _ record: LedgerRecord) throws(Refusal) -> [ContractEvent] {
        if case .foundation(let foundation) = entry { return try found(foundation, record) }
        guard let foundation, let federationDigest else {
            throw Refusal(.notFounded, "the first record must found the federation")
        }
        guard let key = foundation.publicKey(of: record.author) else {
            throw Refusal(.unknownAuthor, "\(record.author) is not in this federation")
        }
        let message = LedgerEntry.signingMessage(federation: federationDigest, payload: record.payload)
        try require(isValidSignature(record.signature, for: message, by: key), .invalidSignature) {
            "record \(record.index) is not signed by \(record.author)"
        }
        let step = Step(foundation: foundation, federation: federationDigest, record: record)
        switch entry {
        case .foundation: return []
        case .recipientKeys(let firstIndex, let keys): return try add(keys, from: firstIndex, step)
        case .open(let open): return try self.open(open, step)
        default: return try apply(entry, to: try current(entry), step)
        }
    }

    private mutating func apply(
        _ entry: LedgerEntry, to round: RoundState, _ step: Step
    ) throws(Refusal) -> [ContractEvent] {
        switch entry {
        case .foundation, .recipientKeys, .open: return []
        case .commit(let commitment): return try commit(commitment, round, step)
        case .close: return try close(round, step)
        case .reveal(_, let nonce): return try reveal(nonce, round, step)
        case .complaint(_, let dealer): return try complain(about: dealer, round, step)
        case .justification(_, let recipient, let share): return try justify(recipient, share, round, step)
        case .nonceOpening(_, let owner, let shares): return try openNonce(of: owner, shares, round, step)
        case .beacon: return try drawBeacon(round, step)
        case .sketch(_, let answers, let sketches, let dealers):
            return try sketch(answers, sketches, dealers, round, step)
        case .contest(_, let helper, let answer, let share): return try contest(helper, answer, share, round, step)
        case .verdict(let verdict): return try judge(verdict, round, step)
        case .sum(_, let root, let key, let decrypted): return try sum(root, key, decrypted, round, step)
        case .report(_, let blocks, let agrees, let observed): return try report(blocks, agrees, observed, round, step)
        case .vote(_, let candidate, let approve): return try vote(candidate, approve, round, step)
        case .publish(_, let model, let parent): return try publish(model, parent, round, step)
        case .rollback(_, let reason, let accused): return try rollBack(reason, accused, round, step)
        case .abandon(_, let phase, let reason): return try abandon(phase, reason, round, step)
        }
    }

    /// The open round, if `entry` speaks of it.
    private func current(_ entry: LedgerEntry) throws(Refusal) -> RoundState {
        guard let openRound else { throw Refusal(.noOpenRound, "no round is open") }
        try require(entry.round == openRound.number, .wrongRound) {
            "the entry speaks of round \(entry.round ?? 0), round \(openRound.number) is open"
        }
        return openRound
    }
}

/// What every rule needs to know of the record at hand.
struct Step {
    let foundation: FederationFoundation
    let federation: Digest
    let record: LedgerRecord

    var now: UInt64 { record.timestampMilliseconds }

    func requireCoordinator() throws(Refusal) {
        try Ledger.require(record.author == .coordinator, .wrongAuthor) { "only the coordinator may write this entry" }
    }

    func requireMember() throws(Refusal) -> Int {
        guard case .member(let index) = record.author else {
            throw Refusal(.wrongAuthor, "only a member may write this entry")
        }
        return index
    }

    func requireKnown(_ member: Int) throws(Refusal) {
        try Ledger.require(foundation.members.indices.contains(member), .unknownMember) {
            "member \(member) is not in this federation"
        }
    }

    func require(_ round: RoundState, in phases: RoundPhase...) throws(Refusal) {
        try Ledger.require(phases.contains(round.phase), .wrongPhase) {
            "round \(round.number) is in phase \(round.phase)"
        }
    }

    func require(before deadline: UInt64) throws(Refusal) {
        try Ledger.require(now < deadline, .pastDeadline) { "the deadline \(deadline) has passed at \(now)" }
    }
}

func require(_ condition: Bool, _ code: RefusalCode, _ message: () -> String) throws(Refusal) {
    guard condition else { throw Refusal(code, message()) }
}
