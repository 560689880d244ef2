import FederationFixtures
import Ledger
import MultipartyEncryption
import SecureAggregation
import Testing

@testable import Federation

/// Hospitals fall silent at each phase (n = 5, t = 4, c = 1): one never stops a round; two do, cleanly.
@Suite struct VanishingTests {
    static let phases: [RoundPhase] = [.commit, .reveal, .sketch, .verdict, .sum, .report, .vote]

    @Test(arguments: phases)
    func oneVanishedHospitalStopsNothing(phase: RoundPhase) throws {
        var rehearsal = try Rehearsal(try TestFederation(rounds: 2))
        rehearsal.isSilent = { member, round, current in member == 4 && round == 1 && current >= phase }
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 2, "\(rehearsal.endings) \(rehearsal.reports)")
        let first = try #require(rehearsal.contract.endedRounds.first)
        #expect(first.verdict?.accepted == (phase == .commit ? [0, 1, 2, 3] : [0, 1, 2, 3, 4]))
        // Who missed a model asks for it and takes part in the next round.
        #expect(rehearsal.contract.endedRounds[1].verdict?.accepted == [0, 1, 2, 3, 4])
        for hospital in rehearsal.hospitals {
            #expect(modelDigestOf(hospital.model) == rehearsal.contract.lastPublishedModel)
        }
    }

    @Test(arguments: phases)
    func twoVanishedHospitalsEndTheRoundAndTheNextPublishes(phase: RoundPhase) throws {
        let given = try TestFederation(rounds: 2)
        var rehearsal = try Rehearsal(given)
        rehearsal.isSilent = { member, round, current in member >= 3 && round == 1 && current >= phase }
        try rehearsal.run()
        let rounds = rehearsal.contract.endedRounds
        #expect(rounds.count == 2)
        switch phase {
        case .commit: #expect(rounds.first?.ending == .abandoned(.commit, .tooFewCommitments))
        case .reveal, .sketch, .verdict, .sum:
            guard case .abandoned(phase, _) = rounds.first?.ending else {
                Issue.record("\(phase): \(String(describing: rounds.first?.ending))")
                return
            }
            #expect(rounds.first?.sum == nil)
        case .report, .vote:
            // The sum was opened: such a round can only be rolled back, or published where enough had voted.
            #expect(rounds.first?.ending == .rolledBack(.deadline, accused: nil))
        }
        #expect(rehearsal.contract.publishedRounds == [2], "\(rehearsal.reports)")
        #expect(rounds.last?.verdict?.accepted == [0, 1, 2, 3, 4])
        #expect(rounds.last?.parentModel == given.agreement.initialModel)
    }

    /// Nobody opens another round after the last: its model must reach who was away all the same.
    @Test(arguments: phases)
    func hospitalAwayInTheLastRoundGetsItsModel(phase: RoundPhase) throws {
        var rehearsal = try Rehearsal(try TestFederation())
        rehearsal.isSilent = { member, _, current in member == 4 && current >= phase }
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 1)
        for hospital in rehearsal.hospitals {
            #expect(modelDigestOf(hospital.model) == rehearsal.contract.lastPublishedModel)
            #expect(hospital.own == nil && hospital.outbox.isEmpty)
        }
    }

    @Test func fewerThanTheThresholdOpenNothing() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        rehearsal.isSilent = { member, _, phase in member >= 3 && phase == .sum }
        try rehearsal.run { $0.contract.round?.phase == .sum && $0.coordinator.round?.keyAnswers.count == 3 }
        let answers = try #require(rehearsal.coordinator.round?.keyAnswers.mapValues { $0.value.share })
        #expect(answers.count == given.agreement.threshold - 1)
        let key = KeySum.reconstruct(
            answers, sharing: try given.agreement.sharing, parameters: given.agreement.encryption)
        #expect(key == nil)
        var eager = rehearsal.coordinator
        let publish = LedgerEntry.publish(
            round: 1, model: eager.model.digest, parent: given.agreement.initialModel)
        #expect(refusal(of: publish, by: &eager, at: rehearsal.now, given) == .wrongPhase)
        try rehearsal.run()
        #expect(rehearsal.endings == [.abandoned(.sum, .deadline)])
        #expect(rehearsal.publishedCount == 0 && rehearsal.sums.isEmpty)
    }

    @Test func withheldNonceIsOpenedFromItsShares() throws {
        var rehearsal = try Rehearsal(try TestFederation())
        rehearsal.swallows = { member, message in
            guard case .submit(.reveal, _) = message else { return false }
            return member == 2
        }
        try rehearsal.run()
        let openings = try rehearsal.coordinator.log.records.filter {
            if case .nonceOpening(_, 2, _) = try $0.entry() { true } else { false }
        }
        #expect(openings.count == 1)
        #expect(rehearsal.publishedCount == 1)
        let round = try #require(rehearsal.contract.round)
        #expect(round.beacon != nil && round.nonces[2] != nil)
        #expect(round.verdict?.accepted == [0, 1, 2, 3, 4])
    }

    /// Whoever withholds a nonce, and whoever helps to open it or not: the beacon is the same.
    @Test(arguments: [([2], []), ([2], [0, 4]), ([0, 1], [3])])
    func withheldNoncesDoNotChangeTheBeacon(withholding: [Int], unhelpful: [Int]) throws {
        let given = try TestFederation(members: 7)
        var honest = try Rehearsal(given)
        try honest.run { $0.contract.round?.beacon != nil }
        var rehearsal = try Rehearsal(given)
        rehearsal.swallows = { member, message in
            switch message {
            case .submit(.reveal, _): withholding.contains(member)
            case .nonceShares: unhelpful.contains(member)
            default: false
            }
        }
        try rehearsal.run { $0.contract.round?.beacon != nil }
        #expect(rehearsal.contract.round?.seed == honest.contract.round?.seed)
        #expect(rehearsal.contract.round?.beacon == honest.contract.round?.beacon)
        #expect(rehearsal.now > honest.now)
    }

    @Test func lostSharesArePublishedOnComplaint() throws {
        var rehearsal = try Rehearsal(try TestFederation())
        rehearsal.swallows = { member, message in
            guard case .sealedShare(_, let share) = message else { return false }
            return member == 1 && share.recipient == 3
        }
        try rehearsal.run()
        let round = try #require(rehearsal.contract.round)
        #expect(round.publishedShares[1]?.keys.sorted() == [3])
        #expect(round.verdict?.accepted == [0, 1, 2, 3, 4])
        #expect(rehearsal.publishedCount == 1)
    }

    @Test func dealerWhoAnswersNoComplaintLeavesByName() throws {
        var rehearsal = try Rehearsal(try TestFederation())
        rehearsal.swallows = { member, message in
            switch message {
            case .sealedShare(_, let share): return member == 1 && share.recipient == 3
            case .submit(.justification, _): return member == 1
            default: return false
            }
        }
        try rehearsal.run()
        let round = try #require(rehearsal.contract.round)
        #expect(round.removed == [1: .missingShares])
        #expect(round.verdict?.accepted == [0, 2, 3, 4])
        #expect(rehearsal.publishedCount == 1)
    }
}

/// Why the contract refuses an entry of the coordinator; nil when it takes it.
func refusal(
    of entry: LedgerEntry, by coordinator: inout Coordinator, at now: UInt64, _ given: TestFederation
) -> RefusalCode? {
    do {
        let signature = try entry.signature(by: given.coordinatorIdentity, federation: try given.federation)
        _ = try coordinator.append(
            entry, by: .coordinator, signature: signature, at: Instant(milliseconds: now))
        return nil
    } catch let refusal as Refusal {
        return refusal.code
    } catch {
        Issue.record("\(error)")
        return nil
    }
}
