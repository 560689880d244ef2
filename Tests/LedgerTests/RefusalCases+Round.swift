import Ledger

extension RefusalCase {
    static let reveals: [RefusalCase] = [
        RefusalCase(
            .notACandidate,
            {
                var federation = try TestFederation()
                try federation.advance(to: .commit)
                for member in 0..<4 { try federation.post(.member(member), .commit(federation.commitment(member))) }
                try federation.post(.coordinator, .close(round: 1), at: federation.deadlines.commit)
                return federation
            }
        ) { try $0.post(.member(4), .reveal(round: 1, nonce: $0.nonce(4))) },
        RefusalCase(.alreadyRevealed, in: .reveal) {
            try $0.post(.member(0), .reveal(round: 1, nonce: $0.nonce(0)))
            try $0.refuse(.member(0), .reveal(round: 1, nonce: $0.nonce(0)))
        },
        RefusalCase(.nonceMismatch, in: .reveal) { try $0.post(.member(0), .reveal(round: 1, nonce: $0.nonce(1))) },
        RefusalCase(.selfComplaint, in: .reveal) { try $0.post(.member(0), .complaint(round: 1, dealer: 0)) },
        RefusalCase(.alreadyComplained, in: .reveal) {
            try $0.post(.member(0), .complaint(round: 1, dealer: 1))
            try $0.refuse(.member(0), .complaint(round: 1, dealer: 1))
        },
        RefusalCase(.noSuchComplaint, in: .reveal) {
            try $0.post(.member(0), .justification(round: 1, recipient: 1, share: $0.dealtShare(0, 1)))
        },
        RefusalCase(.alreadyJustified, in: .reveal) {
            try $0.post(.member(1), .complaint(round: 1, dealer: 0))
            try $0.post(.member(0), .justification(round: 1, recipient: 1, share: $0.dealtShare(0, 1)))
            try $0.refuse(.member(0), .justification(round: 1, recipient: 1, share: $0.dealtShare(0, 1)))
        },
        RefusalCase(.shareMismatch, in: .reveal) {
            try $0.post(.member(1), .complaint(round: 1, dealer: 0))
            try $0.refuse(.member(0), .justification(round: 1, recipient: 1, share: $0.dealtShare(0, 2)))
        },
        openNonce(.nonceAlreadyKnown, owner: 0, members: 0..<4),
        openNonce(.tooFewNonceShares, owner: 4, members: 0..<3),
        RefusalCase(.duplicateNonceShare, in: .reveal) { federation in
            let share = LedgerEntry.NonceShare(member: 0, bytes: federation.nonceShare(4, 0))
            let shares = Array(repeating: share, count: 4)
            try federation.post(
                .coordinator, .nonceOpening(round: 1, owner: 4, shares: shares), at: federation.deadlines.reveal)
        },
        RefusalCase(.nonceShareMismatch, in: .reveal) { federation in
            let shares = (0..<4).map { LedgerEntry.NonceShare(member: $0, bytes: federation.nonceShare(3, $0)) }
            try federation.post(
                .coordinator, .nonceOpening(round: 1, owner: 4, shares: shares), at: federation.deadlines.reveal)
        },
        RefusalCase(.nonceMissing, in: .reveal) {
            try $0.post(.coordinator, .beacon(round: 1), at: $0.deadlines.reveal)
        },
        RefusalCase(.tooFewReveals, in: .reveal) { federation in
            for dealer in 0..<2 {
                for recipient in 2..<5 { try federation.post(.member(recipient), .complaint(round: 1, dealer: dealer)) }
            }
            try federation.refuse(.coordinator, .beacon(round: 1), at: federation.deadlines.reveal)
        },
    ]

    private static func openNonce(_ code: RefusalCode, owner: Int, members: Range<Int>) -> RefusalCase {
        RefusalCase(code, in: .reveal) { federation in
            try federation.post(.member(0), .reveal(round: 1, nonce: federation.nonce(0)))
            let shares = members.map { LedgerEntry.NonceShare(member: $0, bytes: federation.nonceShare(owner, $0)) }
            try federation.refuse(
                .coordinator, .nonceOpening(round: 1, owner: owner, shares: shares), at: federation.deadlines.reveal)
        }
    }

    static let verdicts: [RefusalCase] = [
        RefusalCase(.secondSketch, in: .verdict) { try $0.post(.coordinator, $0.sketchEntry()) },
        RefusalCase(.invalidDealers, in: .sketch) { try $0.post(.coordinator, $0.sketchEntry(inconsistent: [2, 1])) },
        RefusalCase(.selfContest, in: .verdict) { try $0.contest(0, 0) },
        RefusalCase(.alreadyContested, in: .verdict) {
            try $0.contest(0, 1)
            try $0.contest(0, 1)
        },
        RefusalCase(.tooManyPublishedShares, in: .verdict) {
            for helper in 1...3 { try $0.contest(0, helper) }
        },
        RefusalCase(.secondVerdict, in: .sum) { try $0.post(.coordinator, .verdict(try $0.verdict())) },
        RefusalCase(.verdictNotPartition, in: .verdict) {
            try $0.post(.coordinator, .verdict(try $0.verdict(accepted: [0, 1, 2, 3])))
        },
        RefusalCase(.unknownExclusionReason, in: .verdict) {
            let exclusion = Verdict.Exclusion(member: 4, reason: ExclusionReason(rawValue: 500))
            try $0.post(.coordinator, .verdict(try $0.verdict(excluding: [exclusion])))
        },
        RefusalCase(.inconsistentDealerAccepted, in: .sketch) {
            try $0.post(.coordinator, $0.sketchEntry(inconsistent: [2]))
            try $0.refuse(.coordinator, .verdict(try $0.verdict()))
        },
        RefusalCase(.tooFewAccepted, in: .verdict) {
            let exclusions = (2..<5).map { Verdict.Exclusion(member: $0, reason: .multiKrum) }
            try $0.post(.coordinator, .verdict(try $0.verdict(excluding: exclusions)))
        },
        RefusalCase(.verdictPosition, in: .verdict) { federation in
            let early = try federation.verdict()
            try federation.contest(0, 1)
            try federation.refuse(.coordinator, .verdict(early))
        },
        RefusalCase(.invalidVerdictSignature, in: .verdict) { federation in
            let signed = try federation.verdict()
            let other = try federation.verdict(excluding: [.init(member: 4, reason: .duplicate)])
            let mixed = Verdict(
                round: 1, accepted: signed.accepted, exclusions: [], position: signed.position,
                signatures: other.signatures)
            try federation.post(.coordinator, .verdict(mixed))
        },
        RefusalCase(.tooFewVerdictSignatures, in: .verdict) {
            try $0.post(.coordinator, .verdict(try $0.verdict(signers: [0, 1, 2])))
        },
    ]

    static let sums: [RefusalCase] = [
        RefusalCase(.secondSum, in: .report) { try $0.post(.coordinator, $0.sumEntry()) },
        RefusalCase(.malformedReport, in: .report) { try $0.post(.member(0), $0.reportEntry([2, 1], agrees: true)) },
        RefusalCase(.notAChecker, in: .report) { federation in
            let order = federation.contract.checkers(ofBlock: 0, round: federation.round)
            try federation.post(.member(order[2]), federation.reportEntry([0], agrees: true))
        },
        RefusalCase(.alreadyReported, in: .report) { federation in
            let first = federation.contract.checkers(ofBlock: 0, round: federation.round)[0]
            try federation.post(.member(first), federation.reportEntry([0], agrees: true))
            try federation.refuse(.member(first), federation.reportEntry([0], agrees: false))
        },
        RefusalCase(.alreadyVoted, in: .vote) {
            try $0.vote([0], approve: true)
            try $0.vote([0], approve: false)
        },
        RefusalCase(.reportsIncomplete, in: .report) { try $0.vote([0], approve: true) },
        RefusalCase(.quorumMissing, in: .vote) {
            try $0.vote(0..<3, approve: true)
            try $0.publish()
        },
        RefusalCase(.candidateMismatch, in: .vote) {
            try $0.vote(0..<5, approve: true)
            try $0.refuse(
                .coordinator, .publish(round: 1, model: Digest.sha256([99]), parent: $0.round.parentModel))
        },
    ]

    static let endings: [RefusalCase] = [
        RefusalCase(.abandonAfterSum, in: .report) {
            try $0.post(
                .coordinator, .abandon(round: 1, phase: .report, reason: .deadline), at: $0.deadlines.vote)
        },
        RefusalCase(.abandonUnfounded, in: .reveal) {
            try $0.post(.coordinator, .abandon(round: 1, phase: .reveal, reason: .deadline))
        },
        RefusalCase(.rollbackBeforeSum, in: .sum) {
            try $0.post(.coordinator, .rollback(round: 1, reason: .deadline, accused: nil), at: $0.deadlines.vote)
        },
        RefusalCase(.rollbackUnfounded, in: .vote) {
            try $0.post(.coordinator, .rollback(round: 1, reason: .votedDown, accused: nil))
        },
        RefusalCase(.wrongAccused, in: .vote) {
            try $0.post(
                .coordinator, .rollback(round: 1, reason: .deadline, accused: .member(1)), at: $0.deadlines.vote)
        },
    ]
}

extension TestFederation {
    mutating func contest(_ dealer: Int, _ helper: Int) throws {
        try refuse(.member(dealer), contestEntry(dealer, helper))
    }

    func contestEntry(_ dealer: Int, _ helper: Int) -> LedgerEntry {
        .contest(round: number, helper: helper, answerDigest: Digest.sha256([]), share: dealtShare(dealer, helper))
    }
}
