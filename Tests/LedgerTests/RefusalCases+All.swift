import Ledger

extension RefusalCase {
    static let all = anyEntry + foundation + opening + commits + reveals + verdicts + sums + endings

    static let anyEntry: [RefusalCase] = [
        RefusalCase(.malformedEntry, in: .commit) {
            _ = try $0.log.append(author: .coordinator, payload: [9, 9], signature: [], at: $0.now)
        },
        RefusalCase(.wrongIndex, in: .commit) { federation in
            _ = try federation.log.adopt(federation.log.records[3])
        },
        RefusalCase(.timeRunsBackwards, in: .commit) { try $0.post(.coordinator, .close(round: 1), at: 5) },
        RefusalCase(.notFounded, { try TestFederation(founded: false) }) {
            try $0.post(.coordinator, .close(round: 1))
        },
        RefusalCase(.alreadyFounded, in: .commit) { try $0.post(.coordinator, .foundation($0.foundation)) },
        RefusalCase(.unknownAuthor, in: .commit) {
            _ = try $0.log.append(author: .member(99), entry: .close(round: 1), signature: [], at: $0.now)
        },
        RefusalCase(.wrongAuthor, in: .commit) { try $0.post(.member(0), .close(round: 1)) },
        RefusalCase(.invalidSignature, in: .commit) { federation in
            let entry = LedgerEntry.commit(federation.commitment(0))
            let forged = try entry.signature(by: federation.members[1], federation: federation.federation)
            _ = try federation.log.append(author: .member(0), entry: entry, signature: forged, at: federation.now)
        },
        RefusalCase(.noOpenRound, { try TestFederation() }) { try $0.post(.coordinator, .close(round: 1)) },
        RefusalCase(.wrongRound, in: .commit) { try $0.post(.coordinator, .close(round: 2)) },
        RefusalCase(.wrongPhase, in: .commit) { try $0.post(.member(0), .reveal(round: 1, nonce: $0.nonce(0))) },
        RefusalCase(.pastDeadline, in: .commit) {
            try $0.post(.member(0), .commit($0.commitment(0)), at: $0.deadlines.commit)
        },
        RefusalCase(.tooEarly, in: .commit) { try $0.post(.coordinator, .close(round: 1)) },
        RefusalCase(.unknownMember, in: .verdict) {
            try $0.post(
                .member(0), .contest(round: 1, helper: 77, answerDigest: Digest.sha256([]), share: [1]))
        },
    ]

    static let foundation: [RefusalCase] = [
        RefusalCase(.tooFewMembers, founding: 2) { $0 },
        RefusalCase(.invalidName) { $0.with(name: "two words") },
        RefusalCase(.invalidPublicKey) {
            $0.with(members: $0.members.dropLast() + [.init(name: "short", publicKey: [1, 2, 3])])
        },
        RefusalCase(.duplicateKey) {
            $0.with(members: $0.members.dropLast() + [.init(name: "twin", publicKey: $0.members[0].publicKey)])
        },
        RefusalCase(.thresholdTooSmall) { $0.with(threshold: 3) },
        RefusalCase(.thresholdUnreachable) { $0.with(threshold: 5) },
        RefusalCase(.invalidLimits) { $0.with(blockCount: 0) },
    ]

    static let opening: [RefusalCase] = [
        RefusalCase(.recipientKeyGap, { try TestFederation() }) {
            try $0.post(.member(0), .recipientKeys(firstIndex: 5, keys: [Digest.sha256([77]).bytes]))
        },
        RefusalCase(.recipientKeyEmptyBatch, { try TestFederation() }) {
            try $0.post(.member(0), .recipientKeys(firstIndex: 4, keys: []))
        },
        RefusalCase(.recipientKeyMalformed, { try TestFederation() }) {
            try $0.post(.member(0), .recipientKeys(firstIndex: 4, keys: [Array(repeating: 0xff, count: 32)]))
        },
        RefusalCase(.recipientKeyReused, { try TestFederation() }) { federation in
            let foreign = federation.contract.recipientKeys[1]![0]
            try federation.post(.member(0), .recipientKeys(firstIndex: 4, keys: [foreign]))
        },
        RefusalCase(.roundStillOpen, in: .commit) { try $0.post(.coordinator, .open($0.openEntry())) },
        RefusalCase(.wrongParent, { try TestFederation() }) { federation in
            let open = federation.openEntry()
            let other = OpenRound(round: 1, parentModel: Digest.sha256([99]), deadlines: open.deadlines)
            try federation.post(.coordinator, .open(other))
        },
        RefusalCase(.deadlinesNotIncreasing, { try TestFederation() }) { federation in
            let open = federation.openEntry {
                RoundDeadlines(
                    commit: $0.commit, reveal: $0.reveal, sketch: $0.reveal, verdict: $0.verdict, sum: $0.sum,
                    report: $0.report, vote: $0.vote)
            }
            try federation.post(.coordinator, .open(open))
        },
        RefusalCase(.deadlinesNotAgreed, { try TestFederation() }) { federation in
            let open = federation.openEntry {
                RoundDeadlines(
                    commit: $0.commit, reveal: $0.reveal, sketch: $0.sketch, verdict: $0.verdict, sum: $0.sum,
                    report: $0.report, vote: $0.vote + 1)
            }
            try federation.post(.coordinator, .open(open))
        },
        RefusalCase(.tooFewRecipientKeys, exhausted(keys: 2)) { try $0.post(.coordinator, .open($0.openEntry())) },
        RefusalCase(
            .roundsExhausted,
            {
                var federation = try TestFederation(rounds: 1)
                try federation.completeRound()
                return federation
            }
        ) { try $0.post(.coordinator, .open($0.openEntry())) },
    ]

    /// Two members post one key fewer than the others, and rounds use all but the others' last.
    private static func exhausted(keys: Int) -> @Sendable () throws -> TestFederation {
        {
            var federation = try TestFederation()
            for member in 0..<3 { try federation.postKeys(member, count: 1) }
            for _ in 0..<4 { try federation.completeRound() }
            return federation
        }
    }

    static let commits: [RefusalCase] = [
        commit(.wrongFederation) { $0.with(federation: Digest.sha256([99])) },
        commit(.wrongBlockCount) { $0.with(blockCount: 2) },
        commit(.malformedShareCommitments) { $0.with(shareCommitments: $0.shareCommitments.dropLast()) },
        commit(.malformedNonceDigest) { $0.with(nonceDigest: [1, 2, 3]) },
        commit(.spendInvalid) {
            $0.with(
                spend: PrivacySpend(
                    noiseMultiplierMicros: 1, samplingRateMicros: 1, steps: 1, epsilonMicrosAfter: 1))
        },
        RefusalCase(
            .noRecipientKey,
            {
                var federation = try TestFederation()
                for member in 0..<4 { try federation.postKeys(member, count: 1) }
                for _ in 0..<4 { try federation.completeRound() }
                try federation.post(.coordinator, .open(federation.openEntry()))
                return federation
            }
        ) { try $0.post(.member(4), .commit($0.commitment(4))) },
        RefusalCase(.alreadyCommitted, in: .commit) {
            try $0.post(.member(0), .commit($0.commitment(0)))
            try $0.refuse(.member(0), .commit($0.commitment(0)))
        },
        RefusalCase(.ciphertextReused, secondRound) { federation in
            let root = federation.contract.endedRounds[0].commitments[1]!.ciphertextRoot
            try federation.post(.member(1), .commit(federation.commitment(1).with(ciphertextRoot: root)))
        },
        RefusalCase(.nonceReused, secondRound) { federation in
            let digest = federation.contract.endedRounds[0].commitments[1]!.nonceDigest
            try federation.post(.member(1), .commit(federation.commitment(1).with(nonceDigest: digest)))
        },
        RefusalCase(
            .overBudget,
            {
                var federation = try TestFederation(budget: 1_000_000)
                try federation.advance(to: .commit)
                return federation
            }
        ) { federation in
            let spend = PrivacySpend(
                noiseMultiplierMicros: 1_000_000, samplingRateMicros: 1_000_000, steps: 5,
                epsilonMicrosAfter: 1_000_001)
            try federation.post(.member(0), .commit(federation.commitment(0, spend: spend)))
        },
        RefusalCase(.tooFewCommitments, in: .commit) {
            try $0.post(.member(0), .commit($0.commitment(0)))
            try $0.refuse(.coordinator, .close(round: 1), at: $0.deadlines.commit)
        },
    ]

    @Sendable private static func secondRound() throws -> TestFederation {
        var federation = try TestFederation()
        try federation.completeRound()
        try federation.advance(to: .commit)
        return federation
    }

    private static func commit(
        _ code: RefusalCode, _ edit: @escaping @Sendable (Commitment) -> Commitment
    ) -> RefusalCase {
        RefusalCase(code, in: .commit) { try $0.post(.member(0), .commit(edit($0.commitment(0)))) }
    }
}

extension TestFederation {
    /// Marks the one entry of a case that must be refused, after others that must not.
    mutating func refuse(_ author: Author, _ entry: LedgerEntry, at instant: UInt64? = nil) throws {
        let before = (contract.stateDigest, log.merkle.root)
        do {
            try post(author, entry, at: instant)
        } catch let refusal as Refusal {
            guard before == (contract.stateDigest, log.merkle.root) else { throw UnexpectedChange() }
            throw refusal
        }
    }

    struct UnexpectedChange: Error {}
}
