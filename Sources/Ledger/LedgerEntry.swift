/// What can stand on the ledger. The contract's rules decide when, and from whom.
package enum LedgerEntry: Hashable, Sendable, Codable {
    /// Coordinator, entry 0.
    case foundation(FederationFoundation)
    /// Member: a batch of one-time recipient public keys, numbered on from the member's last.
    case recipientKeys(firstIndex: UInt32, keys: [[UInt8]])
    /// Coordinator.
    case open(OpenRound)
    /// Member.
    case commit(Commitment)
    /// Coordinator: U is every valid commitment on the ledger.
    case close(round: UInt32)
    /// Member of U.
    case reveal(round: UInt32, nonce: [UInt8])
    /// Recipient: the bytes that match the dealer's sealed digest hold no share that matches its commitment.
    case complaint(round: UInt32, dealer: Int)
    /// Dealer: the share in question with its salts.
    case justification(round: UInt32, recipient: Int, share: [UInt8])
    /// Coordinator: shares of a nonce that its owner withheld.
    case nonceOpening(round: UInt32, owner: Int, shares: [NonceShare])
    /// Coordinator: the beacon follows from the revealed nonces.
    case beacon(round: UInt32)
    /// Coordinator: digests of all answers and of the opened sketches; dealers whose sharing is inconsistent.
    case sketch(round: UInt32, answersDigest: Digest, sketchesDigest: Digest, inconsistentDealers: [Int])
    /// Dealer: the share by which a helper's answer is shown to be wrong.
    case contest(round: UInt32, helper: Int, answerDigest: Digest, share: [UInt8])
    /// Coordinator, carrying the members' signatures.
    case verdict(Verdict)
    /// Coordinator.
    case sum(round: UInt32, encryptedSumRoot: Digest, keySumDigest: Digest, decryptedSumDigest: Digest)
    /// Member of V: blocks of the encrypted sum recomputed, with the digest found for each.
    case report(round: UInt32, blocks: [UInt32], agrees: Bool, observed: [Digest])
    /// Member: its vote on the candidate model with this digest.
    case vote(round: UInt32, candidate: Digest, approve: Bool)
    /// Coordinator.
    case publish(round: UInt32, model: Digest, parent: Digest)
    /// After the sum only.
    case rollback(round: UInt32, reason: RollbackReason, accused: Author?)
    /// Before the sum only.
    case abandon(round: UInt32, phase: RoundPhase, reason: AbandonReason)

    /// A recipient's share of a dealer's nonce, with its salt.
    package struct NonceShare: Hashable, Sendable, Codable {
        package let member: Int
        package let bytes: [UInt8]

        package init(member: Int, bytes: [UInt8]) {
            self.member = member
            self.bytes = bytes
        }
    }

    /// The round that the entry speaks of; nil for the foundation and recipient keys.
    package var round: UInt32? {
        switch self {
        case .foundation, .recipientKeys: nil
        case .open(let open): open.round
        case .commit(let commitment): commitment.round
        case .verdict(let verdict): verdict.round
        case .close(let round), .beacon(let round), .reveal(let round, _), .complaint(let round, _),
            .justification(let round, _, _), .nonceOpening(let round, _, _), .sketch(let round, _, _, _),
            .contest(let round, _, _, _), .sum(let round, _, _, _), .report(let round, _, _, _),
            .vote(let round, _, _), .publish(let round, _, _), .rollback(let round, _, _),
            .abandon(let round, _, _):
            round
        }
    }

    /// What an author signs for this entry: the domain, the federation's digest and the entry's encoding.
    package func signingMessage(federation: Digest) -> [UInt8] {
        LedgerEntry.signingMessage(federation: federation, payload: encoded)
    }

    static func signingMessage(federation: Digest, payload: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.append("cordon/entry/v1")
        writer.append(federation)
        writer.append(fixed: payload)
        return writer.bytes
    }

    /// The entry's signature by `identity`. The foundation is signed under its own digest.
    package func signature(by identity: Identity, federation: Digest) throws -> [UInt8] {
        try identity.sign(signingMessage(federation: federation))
    }
}
