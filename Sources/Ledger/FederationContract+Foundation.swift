/// Who is in, which one-time keys are on offer, and the opening of a round.
extension FederationContract {
    mutating func found(_ foundation: FederationFoundation, _ record: LedgerRecord) throws(Refusal) -> [ContractEvent] {
        try require(self.foundation == nil, .alreadyFounded) { "the federation is founded once" }
        try require(record.author == .coordinator, .wrongAuthor) { "the coordinator writes the foundation" }
        try check(foundation)
        let digest = foundation.digest
        let message = LedgerEntry.signingMessage(federation: digest, payload: record.payload)
        let isSigned = isValidSignature(record.signature, for: message, by: foundation.coordinatorKey)
        try require(isSigned, .invalidSignature) {
            "the foundation is not signed by the coordinator that it names"
        }
        self.foundation = foundation
        federationDigest = digest
        lastPublishedModel = foundation.initialModel
        return [.founded(federation: digest)]
    }

    private func check(_ foundation: FederationFoundation) throws(Refusal) {
        let (n, t, c) = (foundation.members.count, foundation.threshold, foundation.corruptible)
        try require(n >= 3, .tooFewMembers) { "a federation needs 3 members, not \(n)" }
        let names = [foundation.name] + foundation.members.map(\.name)
        try require(names.allSatisfy(isValidPartyName) && Set(names).count == names.count, .invalidName) {
            "names must be distinct and free of spaces, plus signs and controls"
        }
        let keys = [foundation.coordinatorKey] + foundation.members.map(\.publicKey)
        try require(keys.allSatisfy { $0.count == 32 }, .invalidPublicKey) { "a public key has 32 bytes" }
        try require(Set(keys).count == keys.count, .duplicateKey) { "two parties have the same public key" }
        try require(2 * t > n + c, .thresholdTooSmall) {
            "t = \(t) lets two accepted sets both gather a quorum at n = \(n), c = \(c): t must exceed (n+c)/2"
        }
        try require(n - c >= t, .thresholdUnreachable) {
            "t = \(t) cannot be reached when c = \(c) of n = \(n) members are silent"
        }
        let isSound =
            (1...LedgerLimits.blocks).contains(Int(foundation.blockCount))
            && (1...LedgerLimits.recipientKeyBytes).contains(foundation.recipientKeyBytes)
            && foundation.maximumRounds >= 1
            && (foundation.epsilonBudgetMicros == 0) == (foundation.deltaExponent == 0)
        try require(isSound, .invalidLimits) {
            "block count, key length and rounds must be positive and in bounds, ε and δ both given or both zero"
        }
    }

    mutating func add(_ keys: [[UInt8]], from firstIndex: UInt32, _ step: Step) throws(Refusal) -> [ContractEvent] {
        let member = try step.requireMember()
        let known = recipientKeys[member]?.count ?? 0
        try require(Int(firstIndex) == known, .recipientKeyGap) {
            "member \(member)'s next recipient key is number \(known), not \(firstIndex)"
        }
        try require(!keys.isEmpty, .recipientKeyEmptyBatch) { "a batch holds at least one key" }
        var fresh: Set<Digest> = []
        for key in keys {
            let isSound = key.count == step.foundation.recipientKeyBytes && checks.isWellFormedRecipientKey(key)
            try require(isSound, .recipientKeyMalformed) { "member \(member) posted a key that cannot be sealed to" }
            let digest = Digest.sha256(key)
            try require(!seenRecipientKeys.contains(digest) && fresh.insert(digest).inserted, .recipientKeyReused) {
                "member \(member) posted a key that is already on the ledger"
            }
        }
        seenRecipientKeys.formUnion(fresh)
        recipientKeys[member, default: []] += keys
        return [.recipientKeysAdded(member: member, firstIndex: firstIndex, count: keys.count)]
    }

    mutating func open(_ open: OpenRound, _ step: Step) throws(Refusal) -> [ContractEvent] {
        try step.requireCoordinator()
        try require(openRound == nil, .roundStillOpen) { "round \(round?.number ?? 0) has not ended" }
        try require(open.round == nextRound, .wrongRound) { "round \(nextRound) is next, not \(open.round)" }
        try require(open.round <= step.foundation.maximumRounds, .roundsExhausted) {
            "the agreement ends after \(step.foundation.maximumRounds) rounds"
        }
        try require(open.parentModel == lastPublishedModel, .wrongParent) {
            "round \(open.round) must start from the last published model"
        }
        try require(open.deadlines.isIncreasing && open.deadlines.commit > step.now, .deadlinesNotIncreasing) {
            "deadlines must lie in the future, each after the one before"
        }
        try require(checks.areAgreedDeadlines(open.deadlines, step.now), .deadlinesNotAgreed) {
            "a round opened at \(step.now) has other deadlines than the agreement gives it"
        }
        let able = step.foundation.members.indices.filter { unusedRecipientKeys(of: $0) > 0 }
        try require(able.count >= step.foundation.threshold, .tooFewRecipientKeys) {
            "\(able.count) members have an unused recipient key, \(step.foundation.threshold) are needed"
        }
        var assigned: [Int: UInt32] = [:]
        for member in able {
            assigned[member] = UInt32(usedRecipientKeys[member] ?? 0)
            usedRecipientKeys[member, default: 0] += 1
        }
        var writer = ByteWriter()
        writer.append(step.federation)
        writer.append(open.round)
        writer.append(step.record.leafHash)
        let seed = Digest.of(writer.bytes, domain: "cordon/round-seed/v1")
        round = RoundState(
            number: open.round, deadlines: open.deadlines, parentModel: open.parentModel, seed: seed,
            recipientKeyIndex: assigned)
        return [.opened(round: open.round, seed: seed)]
    }
}
