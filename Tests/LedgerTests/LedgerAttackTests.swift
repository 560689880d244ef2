import Ledger
import Testing

/// What a hostile coordinator, hospital or stranger tries with entries that it can sign. Each attack is paired with the
/// honest way, so that a test cannot pass because nothing works.
@Suite struct LedgerAttackTests {
    private func refusal(_ body: () throws -> Void) -> RefusalCode? {
        do {
            try body()
            return nil
        } catch {
            return (error as? Refusal)?.code
        }
    }

    /// Whoever hurries to commit a copy neither shuts the author out nor gets anywhere with it.
    @Test func copiedCommitment() throws {
        var federation = try TestFederation()
        try federation.advance(to: .commit)
        let original = federation.commitment(0)
        try federation.post(.member(1), .commit(original))
        #expect(refusal { try federation.post(.member(0), .commit(original)) } == nil, "the author is not shut out")
        for member in 2..<5 { try federation.post(.member(member), .commit(federation.commitment(member))) }
        try federation.post(.coordinator, .close(round: 1))
        let nonce = federation.nonce(0)
        #expect(refusal { try federation.post(.member(0), .reveal(round: 1, nonce: nonce)) } == nil)
        #expect(refusal { try federation.post(.member(1), .reveal(round: 1, nonce: nonce)) } == .nonceMismatch)
        for member in 2..<5 {
            try federation.post(.member(member), .reveal(round: 1, nonce: federation.nonce(member)))
        }
        // Its shares of a nonce that it does not know cannot be opened to it either.
        let shares = [0, 2, 3, 4].map { recipient in
            LedgerEntry.NonceShare(member: recipient, bytes: federation.nonceShare(1, recipient))
        }
        let opening = LedgerEntry.nonceOpening(round: 1, owner: 1, shares: shares)
        let late = federation.deadlines.reveal
        #expect(refusal { try federation.post(.coordinator, opening, at: late) } == .nonceShareMismatch)
    }

    /// No entry changes the quorum once the federation is founded, and no verdict, publication or foundation does with
    /// less.
    @Test func loweredQuorum() throws {
        var federation = try TestFederation()
        let weaker = federation.foundation.with(threshold: 1)
        #expect(refusal { try federation.post(.coordinator, .foundation(weaker)) } == .alreadyFounded)
        try federation.advance(to: .verdict)
        let few = try federation.verdict(signers: [0, 1, 2])
        #expect(refusal { try federation.post(.coordinator, .verdict(few)) } == .tooFewVerdictSignatures)
        let first = try #require(few.signatures.first)
        let stuffed = Verdict(
            round: 1, accepted: few.accepted, exclusions: few.exclusions, position: few.position,
            signatures: Array(repeating: first, count: federation.t))
        #expect(refusal { try federation.post(.coordinator, .verdict(stuffed)) } == .invalidVerdictSignature)
        try federation.advance(to: .vote)
        try federation.vote(0..<3, approve: true)
        #expect(refusal { try federation.publish() } == .quorumMissing)
        try federation.vote(3..<4, approve: true)
        #expect(refusal { try federation.publish() } == nil)
    }

    /// The coordinator cannot close a round over a hospital that still may commit, shorten the time that it has, or
    /// leave it out of the verdict without the hospitals' signatures; a dead round anybody ends.
    @Test func censorship() throws {
        var federation = try TestFederation()
        let hasty = federation.openEntry {
            RoundDeadlines(
                commit: $0.commit - 500, reveal: $0.reveal, sketch: $0.sketch, verdict: $0.verdict, sum: $0.sum,
                report: $0.report, vote: $0.vote)
        }
        #expect(refusal { try federation.post(.coordinator, .open(hasty)) } == .deadlinesNotAgreed)
        try federation.advance(to: .commit)
        for member in 0..<4 { try federation.post(.member(member), .commit(federation.commitment(member))) }
        #expect(refusal { try federation.post(.coordinator, .close(round: 1)) } == .tooEarly)
        try federation.post(.member(4), .commit(federation.commitment(4)))
        try federation.post(.coordinator, .close(round: 1))
        #expect(refusal { try federation.post(.coordinator, .beacon(round: 1)) } == .tooEarly)
        try federation.advance(to: .verdict)
        let without = try federation.verdict(accepted: [0, 1, 2, 3])
        #expect(refusal { try federation.post(.coordinator, .verdict(without)) } == .verdictNotPartition)
        let end = LedgerEntry.abandon(round: 1, phase: .verdict, reason: .deadline)
        #expect(refusal { try federation.post(.member(3), end) } == .abandonUnfounded)
        let late = federation.deadlines.verdict
        #expect(refusal { try federation.post(.member(3), end, at: late) } == nil)
    }

    /// What was signed for one federation, round or place is worth nothing in another.
    @Test func replay() throws {
        var federation = try TestFederation()
        var other = try TestFederation(edit: { $0.with(name: "another") })
        try federation.advance(to: .commit)
        try other.advance(to: .commit)
        let entry = LedgerEntry.commit(federation.commitment(0))
        let foreign = try entry.signature(by: federation.members[0], federation: federation.federation)
        #expect(
            refusal { _ = try other.log.append(author: .member(0), entry: entry, signature: foreign, at: other.now) }
                == .invalidSignature)
        #expect(refusal { try other.post(.member(0), entry) } == .wrongFederation)
        let vote = LedgerEntry.vote(round: 1, candidate: federation.candidateModel, approve: true)
        try federation.completeRound()
        try federation.advance(to: .vote)
        #expect(refusal { try federation.post(.member(0), vote) } == .wrongRound)
        let old = federation.log.records[8]
        #expect(refusal { _ = try federation.log.adopt(old) } == .wrongIndex)
    }

    /// A round opened on another model than the last published one is refused, as is a result on another parent.
    @Test func stalePolicyAndModel() throws {
        var federation = try TestFederation()
        let initial = federation.foundation.initialModel
        try federation.completeRound()
        let stale = OpenRound(round: 2, parentModel: initial, deadlines: federation.openEntry().deadlines)
        #expect(refusal { try federation.post(.coordinator, .open(stale)) } == .wrongParent)
        try federation.advance(to: .vote)
        try federation.vote(0..<5, approve: true)
        let orphan = LedgerEntry.publish(round: 2, model: federation.candidateModel, parent: initial)
        #expect(refusal { try federation.post(.coordinator, orphan) } == .wrongParent)
        #expect(refusal { try federation.publish() } == nil)
    }

    /// The budget holds over rounds, abandoned ones included, and no spend goes backwards.
    @Test func overBudget() throws {
        var federation = try TestFederation(budget: 1_000_000)
        func spend(_ epsilon: UInt64) -> PrivacySpend {
            PrivacySpend(
                noiseMultiplierMicros: 1_000_000, samplingRateMicros: 10_000, steps: 10, epsilonMicrosAfter: epsilon)
        }
        try federation.advance(to: .commit)
        try federation.post(.member(0), .commit(federation.commitment(0, spend: spend(900_000))))
        try federation.post(
            .coordinator, .abandon(round: 1, phase: .commit, reason: .tooFewCommitments),
            at: federation.deadlines.commit)
        try federation.advance(to: .commit)
        for (epsilon, code) in [
            (1_000_001, RefusalCode.overBudget), (900_000, .spendInvalid), (1, .spendInvalid), (0, .spendInvalid),
        ] {
            let commitment = federation.commitment(0, spend: spend(UInt64(epsilon)))
            #expect(refusal { try federation.post(.member(0), .commit(commitment)) } == code)
        }
        let last = federation.commitment(0, spend: spend(1_000_000))
        #expect(refusal { try federation.post(.member(0), .commit(last)) } == nil)
    }

    @Test func nonMemberAndBorrowedName() throws {
        var federation = try TestFederation()
        try federation.advance(to: .commit)
        let stranger = try Identity(seed: Array(repeating: 0xee, count: 32), name: "stranger")
        let entry = LedgerEntry.commit(federation.commitment(0))
        let signature = try entry.signature(by: stranger, federation: federation.federation)
        for (author, code) in [(Author.member(5), RefusalCode.unknownAuthor), (.member(0), .invalidSignature)] {
            let found = refusal {
                _ = try federation.log.append(
                    author: author, entry: entry, signature: signature, at: federation.now)
            }
            #expect(found == code)
        }
    }

    /// One vote a member, whatever it says the second time, and no judge's voice counts for two.
    @Test func doubleVote() throws {
        var federation = try TestFederation()
        try federation.advance(to: .vote)
        try federation.vote([0, 1, 2], approve: true)
        for approve in [true, false] {
            #expect(refusal { try federation.vote([2], approve: approve) } == .alreadyVoted)
        }
        #expect(refusal { try federation.publish() } == .quorumMissing)
    }
}
