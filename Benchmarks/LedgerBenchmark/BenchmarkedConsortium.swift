import Ledger

/// Hospitals and a coordinator with real keys who write rounds on a real log, everybody present and honest. Only the
/// lattice layer is left out: a share is its digest, a nonce is checked against its hash.
struct BenchmarkedConsortium {
    let hospitals: [Identity]
    let coordinator: Identity
    let foundation: FederationFoundation
    private(set) var log: TransparencyLog
    private var now: UInt64 = 1_000

    init(hospitals count: Int, rounds: Int) throws {
        hospitals = try (0..<count).map {
            try Identity(seed: Digest.sha256([1, UInt8($0)]).bytes, name: "hospital-\($0)")
        }
        coordinator = try Identity(seed: Digest.sha256([2]).bytes, name: "coordinator")
        let corruptible = (count - 1) / 3
        foundation = FederationFoundation(
            name: "benchmark", agreementDigest: Digest.sha256([3]), coordinatorKey: coordinator.publicKey,
            members: hospitals.map { .init(name: $0.name, publicKey: $0.publicKey) },
            threshold: (count + corruptible) / 2 + 1, corruptible: corruptible, recipientKeyBytes: 32, blockCount: 3,
            epsilonBudgetMicros: 0, deltaExponent: 0, initialModel: Digest.sha256([4]),
            maximumRounds: UInt32(rounds))
        log = TransparencyLog(checks: BenchmarkedConsortium.checks)
        try write(.coordinator, .foundation(foundation))
        for member in hospitals.indices {
            let keys = (0..<rounds).map { Digest.sha256([5, UInt8(member)] + bytes($0)).bytes }
            for first in stride(from: 0, to: rounds, by: LedgerLimits.recipientKeysPerEntry) {
                let batch = Array(keys[first..<min(rounds, first + LedgerLimits.recipientKeysPerEntry)])
                try write(.member(member), .recipientKeys(firstIndex: UInt32(first), keys: batch))
            }
        }
    }

    static let checks = ContractChecks(
        areAgreedDeadlines: { deadlines, _ in deadlines.isLong },
        isWellFormedRecipientKey: { $0.count == 32 },
        saltedNonceShareMatches: { share, digest, _ in Digest.sha256(share).bytes == digest },
        dealtShareMatches: { share, commitment, _ in Digest.sha256(share).bytes == Array(commitment[..<32]) },
        nonceMatches: { nonce, digest, _ in Digest.sha256(nonce).bytes == digest },
        reconstructNonce: { _ in nil })

    private func bytes(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

    private mutating func write(_ author: Author, _ entry: LedgerEntry) throws {
        let identity =
            switch author {
            case .coordinator: coordinator
            case .member(let index): hospitals[index]
            }
        now += 1
        let signature = try entry.signature(by: identity, federation: foundation.digest)
        _ = try log.append(author: author, entry: entry, signature: signature, at: now)
    }

    /// One round to its published model.
    mutating func writeRound() throws {
        let number = log.contract.nextRound
        guard let parent = log.contract.lastPublishedModel else { throw LedgerError(.malformed, "no foundation") }
        let deadlines = RoundDeadlines(
            commit: now + 10_000, reveal: now + 20_000, sketch: now + 30_000, verdict: now + 40_000, sum: now + 50_000,
            report: now + 60_000, vote: now + 70_000)
        try write(.coordinator, .open(OpenRound(round: number, parentModel: parent, deadlines: deadlines)))
        for member in hospitals.indices { try write(.member(member), .commit(commitment(member, number))) }
        try write(.coordinator, .close(round: number))
        for member in hospitals.indices {
            try write(.member(member), .reveal(round: number, nonce: nonce(member, number)))
        }
        try write(.coordinator, .beacon(round: number))
        let digest = Digest.sha256([6] + bytes(Int(number)))
        try write(
            .coordinator,
            .sketch(round: number, answersDigest: digest, sketchesDigest: digest, inconsistentDealers: []))
        try write(.coordinator, .verdict(try verdict(number)))
        try write(
            .coordinator,
            .sum(round: number, encryptedSumRoot: digest, keySumDigest: digest, decryptedSumDigest: digest))
        for member in hospitals.indices {
            let blocks = assignedBlocks(member)
            guard !blocks.isEmpty else { continue }
            try write(
                .member(member),
                .report(round: number, blocks: blocks, agrees: true, observed: blocks.map { _ in digest }))
        }
        for member in hospitals.indices {
            try write(.member(member), .vote(round: number, candidate: digest, approve: true))
        }
        try write(.coordinator, .publish(round: number, model: digest, parent: parent))
    }

    private func nonce(_ member: Int, _ round: UInt32) -> [UInt8] {
        Digest.sha256([7, UInt8(member)] + bytes(Int(round))).bytes
    }

    private func commitment(_ member: Int, _ round: UInt32) -> Commitment {
        let shares = hospitals.indices.map { recipient in
            (0..<3).flatMap { part in
                Digest.sha256([8, UInt8(part), UInt8(member), UInt8(recipient)] + bytes(Int(round))).bytes
            }
        }
        return Commitment(
            federation: foundation.digest, round: round,
            ciphertextRoot: Digest.sha256([9, UInt8(member)] + bytes(Int(round))), blockCount: foundation.blockCount,
            shareCommitments: shares, nonceDigest: Digest.sha256(nonce(member, round)).bytes, spend: .none)
    }

    private func verdict(_ round: UInt32) throws -> Verdict {
        let everybody = Array(hospitals.indices)
        let position = log.contract.recordCount
        let message = verdictMessage(
            federation: foundation.digest, round: round, candidates: everybody, accepted: everybody, exclusions: [],
            position: position)
        let signatures = try everybody.prefix(foundation.threshold).map {
            Verdict.Signature(member: $0, signature: try hospitals[$0].sign(message))
        }
        return Verdict(
            round: round, accepted: everybody, exclusions: [], position: position, signatures: signatures)
    }

    private func assignedBlocks(_ member: Int) -> [UInt32] {
        guard let round = log.contract.openRound else { return [] }
        return (0..<foundation.blockCount).filter {
            log.contract.checkers(ofBlock: $0, round: round).prefix(foundation.corruptible + 1).contains(member)
        }
    }
}

extension RoundDeadlines {
    fileprivate var isLong: Bool { vote - commit == 60_000 }
}
