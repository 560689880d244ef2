import Ledger
import Testing

@Suite struct ContractRoundTests {
    @Test(arguments: [3, 5, 10])
    func twoRoundsArePublishedAndReplayToTheSameState(_ n: Int) throws {
        var federation = try TestFederation(members: n)
        try federation.completeRound()
        let first = federation.contract.lastPublishedModel
        try federation.completeRound()
        #expect(federation.contract.publishedRounds == [1, 2])
        #expect(federation.contract.endedRounds[1].parentModel == first)
        #expect(federation.contract.unusedRecipientKeys(of: 0) == 2)
        let checks = TestFederation.checks(threshold: federation.t)
        let replica = try TransparencyLog.replay(federation.log.records, checks: checks)
        #expect(replica.contract.stateDigest == federation.contract.stateDigest)
        #expect(replica.checkpoint == federation.log.checkpoint)
    }

    @Test func withheldNonceIsOpenedFromItsShares() throws {
        var federation = try TestFederation()
        try federation.advance(to: .reveal)
        for member in 0..<4 { try federation.post(.member(member), .reveal(round: 1, nonce: federation.nonce(member))) }
        try federation.openNonce(of: 4, by: 0..<4)
        #expect(federation.round.nonces[4] == federation.nonce(4))
        try federation.post(.coordinator, .beacon(round: 1))
        #expect(federation.round.closedSet == [0, 1, 2, 3, 4])
        var revealing = try TestFederation()
        try revealing.advance(to: .sketch)
        #expect(revealing.round.beacon == federation.round.beacon, "withholding does not steer the beacon")
    }

    @Test(arguments: [true, false])
    func badlySharedNonceRemovesItsOwner(offPolynomial: Bool) throws {
        var federation = try TestFederation()
        if offPolynomial { federation.offPolynomialDealers = [4] } else { federation.falseNonceDealers = [4] }
        try federation.advance(to: .reveal)
        for member in 0..<4 { try federation.post(.member(member), .reveal(round: 1, nonce: federation.nonce(member))) }
        try federation.openNonce(of: 4, by: 0..<5)
        #expect(federation.round.removed == [4: offPolynomial ? .offPolynomial : .withheldNonce])
        try federation.post(.coordinator, .beacon(round: 1))
        #expect(federation.round.closedSet == [0, 1, 2, 3])
    }

    @Test func answeredComplaintsKeepTheDealer() throws {
        var federation = try TestFederation()
        try federation.advance(to: .reveal)
        for recipient in 1...2 {
            try federation.post(.member(recipient), .complaint(round: 1, dealer: 0))
            let share = federation.dealtShare(0, recipient)
            try federation.post(.member(0), .justification(round: 1, recipient: recipient, share: share))
        }
        try federation.advance(to: .sketch)
        #expect(federation.round.closedSet == [0, 1, 2, 3, 4])
    }

    @Test func unansweredComplaintRemovesTheDealerAtTheDeadline() throws {
        var federation = try TestFederation()
        try federation.advance(to: .reveal)
        try federation.post(.member(1), .complaint(round: 1, dealer: 0))
        for member in 0..<5 { try federation.post(.member(member), .reveal(round: 1, nonce: federation.nonce(member))) }
        try federation.post(.coordinator, .beacon(round: 1), at: federation.deadlines.reveal)
        #expect(federation.round.removed == [0: .missingShares])
        #expect(federation.round.closedSet == [1, 2, 3, 4])
    }

    @Test func moreComplaintsThanShareThatMayBePublishedRemoveTheDealer() throws {
        var federation = try TestFederation()
        try federation.advance(to: .reveal)
        for recipient in 1...3 { try federation.post(.member(recipient), .complaint(round: 1, dealer: 0)) }
        #expect(federation.round.removed == [0: .missingShares])
    }

    @Test func exclusionsAndContestsStandOnTheLedger() throws {
        var federation = try TestFederation()
        try federation.advance(to: .sketch)
        try federation.post(.coordinator, federation.sketchEntry(inconsistent: [3]))
        try federation.contest(0, 1)
        let exclusions = [Verdict.Exclusion(member: 3, reason: .inconsistentSharing, details: [7, -9])]
        try federation.post(.coordinator, .verdict(try federation.verdict(excluding: exclusions)))
        #expect(federation.round.verdict?.accepted == [0, 1, 2, 4])
        #expect(federation.round.contests.map(\.helper) == [1])
        try federation.advance(to: .vote)
        try federation.vote(0..<4, approve: true)
        try federation.publish()
    }

    /// Dealers about whom answers disagree must be excluded, until an answer is shown to be false: then the signers
    /// decide, about the absent ones too.
    @Test func contestReopensTheQuestionOfConsistency() throws {
        var federation = try TestFederation()
        try federation.advance(to: .sketch)
        try federation.post(.coordinator, federation.sketchEntry(inconsistent: [0, 3]))
        let whole = try federation.verdict()
        #expect { try federation.refuse(.coordinator, .verdict(whole)) } throws: {
            ($0 as? Refusal)?.code == .inconsistentDealerAccepted
        }
        try federation.contest(0, 1)
        let exclusions = [Verdict.Exclusion(member: 1, reason: .falseAnswer)]
        try federation.post(.coordinator, .verdict(try federation.verdict(excluding: exclusions)))
        #expect(federation.round.verdict?.accepted == [0, 2, 3, 4])
    }

    @Test func contestsEndHalfwayToTheVerdict() throws {
        var federation = try TestFederation()
        try federation.advance(to: .verdict)
        let end = federation.deadlines.contest
        #expect(federation.deadlines.sketch < end && end < federation.deadlines.verdict)
        try federation.post(.member(0), federation.contestEntry(0, 1), at: end - 1)
        let late = federation.contestEntry(0, 2)
        #expect { try federation.refuse(.member(0), late, at: end) } throws: {
            ($0 as? Refusal)?.code == .pastDeadline
        }
    }

    @Test func silentCheckersBlocksPassOn() throws {
        var federation = try TestFederation()
        try federation.advance(to: .report)
        let silent = federation.contract.checkers(ofBlock: 0, round: federation.round)[0]
        for member in 0..<5 where member != silent { try federation.postReport(member, agrees: true) }
        #expect(federation.round.phase == .report)
        let blocks = federation.assignedBlocks(silent)
        for block in blocks {
            let next = federation.contract.checkers(ofBlock: block, round: federation.round)[2]
            try federation.post(
                .member(next), federation.reportEntry([block], agrees: true),
                at: max(federation.now, federation.deadlines.report))
        }
        #expect(federation.round.phase == .vote)
    }

    @Test func coordinatorsFalseSumIsRolledBackByName() throws {
        var federation = try TestFederation()
        try federation.advance(to: .report)
        for member in federation.contract.checkers(ofBlock: 1, round: federation.round).prefix(2) {
            try federation.post(.member(member), federation.reportEntry([1], agrees: false))
        }
        try federation.post(.member(0), .rollback(round: 1, reason: .reportMismatch, accused: .coordinator))
        #expect(federation.round.ending == .rolledBack(.reportMismatch, accused: .coordinator))
        #expect(federation.contract.lastPublishedModel == federation.foundation.initialModel)
        try federation.completeRound()
        #expect(federation.contract.publishedRounds == [2])
    }

    @Test func oneFalseAccusationNeitherRollsBackNorStops() throws {
        var federation = try TestFederation()
        try federation.advance(to: .report)
        let order = federation.contract.checkers(ofBlock: 1, round: federation.round)
        try federation.post(.member(order[0]), federation.reportEntry([1], agrees: false))
        let rollback = LedgerEntry.rollback(round: 1, reason: .reportMismatch, accused: .coordinator)
        #expect(throws: Refusal.self) { try federation.post(.member(order[0]), rollback) }
        try federation.post(.member(order[2]), federation.reportEntry([1], agrees: true))
        for member in 0..<5 {
            for block in federation.assignedBlocks(member) where !(block == 1 && member == order[0]) {
                try federation.post(.member(member), federation.reportEntry([block], agrees: true))
            }
        }
        #expect(federation.round.phase == .vote)
    }

    @Test func candidateIsVotedDown() throws {
        var federation = try TestFederation()
        try federation.advance(to: .vote)
        try federation.vote(0..<2, approve: false)
        try federation.post(.member(2), .rollback(round: 1, reason: .votedDown, accused: nil))
        #expect(federation.round.ending == .rolledBack(.votedDown, accused: nil))
    }

    @Test func roundIsAbandonedAndTheNextBegins() throws {
        var federation = try TestFederation()
        try federation.advance(to: .commit)
        for member in 0..<3 { try federation.post(.member(member), .commit(federation.commitment(member))) }
        let abandon = LedgerEntry.abandon(round: 1, phase: .commit, reason: .tooFewCommitments)
        #expect(throws: Refusal.self) { try federation.post(.coordinator, abandon) }
        try federation.post(.coordinator, abandon, at: federation.deadlines.commit)
        try federation.completeRound()
        #expect(federation.contract.publishedRounds == [2])
        #expect(federation.contract.unusedRecipientKeys(of: 4) == 2, "an abandoned round spends its keys")
    }

    @Test(arguments: [RoundPhase.commit, .reveal, .sketch, .verdict, .sum])
    func everyPhaseBeforeTheSumCanBeAbandonedAtItsDeadlineOnly(_ phase: RoundPhase) throws {
        var federation = try TestFederation()
        try federation.advance(to: phase)
        let entry = LedgerEntry.abandon(round: 1, phase: phase, reason: .deadline)
        let deadline = federation.round.phaseDeadline
        #expect(throws: Refusal.self) { try federation.post(.member(0), entry, at: deadline - 1) }
        try federation.post(.member(0), entry, at: deadline)
        #expect(federation.round.ending == .abandoned(phase, .deadline))
    }

    @Test func privacySpendOfAnAbandonedRoundStays() throws {
        var federation = try TestFederation(budget: 8_000_000)
        try federation.advance(to: .commit)
        func spend(_ micros: UInt64) -> PrivacySpend {
            PrivacySpend(
                noiseMultiplierMicros: 8_520_000, samplingRateMicros: 1_000_000, steps: 10, epsilonMicrosAfter: micros)
        }
        try federation.post(.member(0), .commit(federation.commitment(0, spend: spend(400_000))))
        try federation.post(
            .coordinator, .abandon(round: 1, phase: .commit, reason: .tooFewCommitments),
            at: federation.deadlines.commit)
        try federation.advance(to: .commit)
        #expect(federation.contract.spent == [0: 400_000])
        let retry = LedgerEntry.commit(federation.commitment(0, spend: spend(400_000)))
        #expect(throws: Refusal.self) { try federation.post(.member(0), retry) }
        try federation.post(.member(0), .commit(federation.commitment(0, spend: spend(800_000))))
    }
}

extension TestFederation {
    mutating func openNonce(of owner: Int, by helpers: Range<Int>) throws {
        let shares = helpers.map { LedgerEntry.NonceShare(member: $0, bytes: nonceShare(owner, $0)) }
        try post(
            .coordinator, .nonceOpening(round: number, owner: owner, shares: shares), at: max(now, deadlines.reveal))
    }
}
