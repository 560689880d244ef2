import Ethereum
import EthereumLedger
import Ledger

/// A federation whose parties write sensible entries, and others: the same on the embedded contract and as calls.
struct RandomFederation {
    static let phaseMilliseconds: [UInt64] = [1_000, 1_001, 1_002, 1_003, 1_004, 1_005, 1_006]

    let members: [Identity]
    let coordinator: Identity
    let foundation: FederationFoundation
    /// The coordinator's, then the members'.
    let accounts: [EthereumAccount]
    let chainIdentifier: UInt64
    let contractAddress: EthereumAddress
    var contract: FederationContract
    var records: [LedgerRecord] = []
    var rng: SeededGenerator
    var now: UInt64 = 1_000_000

    init(seed: UInt64, chainIdentifier: UInt64, contractAddress: EthereumAddress) throws {
        var rng = SeededGenerator(seed: seed)
        let n = Int.random(in: 3...6, using: &rng)
        members = try (0..<n).map {
            try Identity(seed: Array(repeating: UInt8($0 + 1), count: 32), name: "hospital-\($0)")
        }
        coordinator = try Identity(seed: Array(repeating: 0xc0, count: 32), name: "coordinator")
        let c = (n - 1) / 3
        let hasBudget = Bool.random(using: &rng)
        foundation = FederationFoundation(
            name: "cordon-random", agreementDigest: Digest.sha256([1]), coordinatorKey: coordinator.publicKey,
            members: members.map { .init(name: $0.name, publicKey: $0.publicKey) }, threshold: (n + c) / 2 + 1,
            corruptible: c, recipientKeyBytes: 40, blockCount: UInt32.random(in: 1...3, using: &rng),
            epsilonBudgetMicros: hasBudget ? 3_000 : 0, deltaExponent: hasBudget ? 5 : 0,
            initialModel: Digest.sha256([2]), maximumRounds: UInt32.random(in: 2...12, using: &rng))
        accounts = Self.accounts(n)
        self.chainIdentifier = chainIdentifier
        self.contractAddress = contractAddress
        self.rng = rng
        contract = FederationContract(checks: Self.checks)
    }

    static func accounts(_ n: Int) -> [EthereumAccount] {
        (0...n).compactMap { EthereumAccount(secret: Array(repeating: UInt8($0 + 1), count: 32)) }
    }

    /// What stays with the hospitals is allowed here as far as the chain allows it.
    static let checks = ContractChecks(
        areAgreedDeadlines: { deadlines, now in
            var instant = now
            return deadlines
                == RoundDeadlines(
                    phaseMilliseconds.map {
                        instant += $0
                        return instant
                    })
        },
        isWellFormedRecipientKey: { _ in true },
        saltedNonceShareMatches: { _, _, _ in true },
        dealtShareMatches: { _, _, _ in true },
        nonceMatches: { nonce, _, _ in nonce.count == 32 && nonce[0] >= 40 },
        reconstructNonce: { shares in
            let digest = Digest.sha256(shares.keys.sorted().flatMap { shares[$0] ?? [] }).bytes
            return digest[31] < 60 ? nil : digest
        })

    /// A record that somebody might offer next, and the call that offers it to the chain.
    mutating func attempt() throws -> (record: LedgerRecord, call: [UInt8]) {
        let isSensible = Int.random(in: 0..<100, using: &rng) < 70
        let (author, entry) = try isSensible ? sensibleEntry() : anyEntry()
        var payload = entry.encoded
        if !isSensible { damage(&payload) }
        var signer = author
        if chance(3) { signer = anyAuthor() }
        let signature = try identity(signer).sign(signingMessage(payload))
        let record = LedgerRecord(
            index: contract.recordCount &+ (chance(1) ? UInt64.random(in: 0...3, using: &rng) : 0),
            timestampMilliseconds: instant(), author: author, payload: payload, signature: signature)
        return (record, try call(record, signer: signer))
    }

    /// A record of `entry` by its author, in order and in time.
    mutating func honest(_ author: Author, _ entry: LedgerEntry) throws -> (record: LedgerRecord, call: [UInt8]) {
        let signature = try identity(author).sign(signingMessage(entry.encoded))
        let record = LedgerRecord(
            index: contract.recordCount, timestampMilliseconds: now, author: author, payload: entry.encoded,
            signature: signature)
        return (record, try call(record, signer: author))
    }

    /// The outcome of a record on the embedded contract.
    mutating func apply(_ record: LedgerRecord) -> Result<[ContractEvent], Refusal> {
        do {
            let events = try contract.apply(record)
            records.append(record)
            now = record.timestampMilliseconds
            return .success(events)
        } catch {
            return .failure(error)
        }
    }

    /// Of the foundation that was accepted, which may be an odd one.
    var federation: Digest { contract.federationDigest ?? foundation.digest }

    // MARK: Signing

    private func signingMessage(_ payload: [UInt8]) -> [UInt8] {
        // As LedgerEntry.signingMessage, over bytes that may be no entry.
        var writer = ByteWriter()
        writer.append("cordon/entry/v1")
        var signed = federation
        if case .foundation(let other)? = try? LedgerEntry(decoding: payload) { signed = other.digest }
        writer.append(signed)
        writer.append(fixed: payload)
        return writer.bytes
    }

    /// Each Ed25519 signature is doubled by one of the same party's account, and each false one by a false one.
    private func call(_ record: LedgerRecord, signer: Author) throws -> [UInt8] {
        let digest = LedgerContractCall.entryDigest(
            record, chainIdentifier: chainIdentifier, contract: contractAddress)
        var approvals = [account(signer).sign(digest)]
        if case .verdict(let verdict)? = try? record.entry() {
            let candidates = contract.openRound?.closedSet ?? []
            let digest = LedgerContractCall.verdictDigest(
                verdict, payload: record.payload, candidates: candidates, chainIdentifier: chainIdentifier,
                contract: contractAddress)
            let message = verdictMessage(
                federation: federation, round: verdict.round, candidates: candidates,
                accepted: verdict.accepted, exclusions: verdict.exclusions, position: verdict.position,
                suspicion: verdict.suspicion)
            for signature in verdict.signatures {
                let isKnown = members.indices.contains(signature.member)
                let holds =
                    isKnown
                    && isValidSignature(
                        signature.signature, for: message, by: members[signature.member].publicKey)
                approvals.append(
                    account(.member(isKnown ? signature.member : 0)).sign(holds ? digest : Keccak256.hash(digest)))
            }
        }
        // What a nonce opening comes to, the sequencer sees before it sends.
        var outcome: LedgerContractCall.NonceOutcome?
        var next = contract
        if let events = try? next.apply(record) { outcome = LedgerContractCall.NonceOutcome(of: events, in: next) }
        return LedgerContractCall.append(record, approvals: approvals, outcome: outcome)
    }

    func identity(_ author: Author) -> Identity {
        switch author {
        case .member(let index) where members.indices.contains(index): members[index]
        default: coordinator
        }
    }

    private func account(_ author: Author) -> EthereumAccount {
        switch author {
        case .member(let index) where members.indices.contains(index): accounts[index + 1]
        default: accounts[0]
        }
    }

    // MARK: Chance

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &rng) < percent }

    mutating func anyMember() -> Int { Int.random(in: 0..<members.count + (chance(5) ? 2 : 0), using: &rng) }

    mutating func anyAuthor() -> Author { chance(40) ? .coordinator : .member(anyMember()) }

    /// Soon, or at a deadline, or on either side of it; seldom before the last.
    private mutating func instant() -> UInt64 {
        if chance(1) { return now - 1 }
        let haste = contract.openRound?.phase == .reveal ? 20 : 6
        guard chance(haste), let deadlines = contract.openRound?.deadlines else {
            return now + UInt64.random(in: 0...3, using: &rng)
        }
        let instants = [
            deadlines.commit, deadlines.complaint, deadlines.reveal, deadlines.sketch, deadlines.contest,
            deadlines.verdict, deadlines.sum, deadlines.report, deadlines.vote,
        ]
        let next = instants.first { $0 > now } ?? now + 1
        return max(now, next + UInt64.random(in: 0...2, using: &rng) - 1)
    }

    private mutating func damage(_ payload: inout [UInt8]) {
        switch Int.random(in: 0..<12, using: &rng) {
        case 0: payload.removeLast(Int.random(in: 1...min(9, payload.count), using: &rng))
        case 1: payload += Array(repeating: UInt8.random(in: 0...255, using: &rng), count: 1)
        // A foundation's names are the hospitals' to judge.
        case 2 where payload[1] != 1, 3 where payload[1] != 1:
            payload[Int.random(in: 0..<payload.count, using: &rng)] = UInt8.random(in: 0...20, using: &rng)
        default: break
        }
    }
}

extension RoundDeadlines {
    init(_ instants: [UInt64]) {
        self.init(
            commit: instants[0], reveal: instants[1], sketch: instants[2], verdict: instants[3], sum: instants[4],
            report: instants[5], vote: instants[6])
    }
}

/// SplitMix64 (Steele et al., OOPSLA 2014): the same run from the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
