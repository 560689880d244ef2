import DifferentialPrivacy
import FederationFixtures
import Ledger
import Testing

@testable import Federation

@Suite struct PrivacyAccountTests {
    /// Three rounds of four steps of a sampled Gaussian mechanism use all of the budget; a fourth would exceed it.
    static func terms(rounds: Int) throws -> PrivacyTerms {
        let terms = { (budget: Double) in
            PrivacyTerms(
                epsilonBudget: budget, delta: 1e-5, noiseMultiplier: 1.5, samplingRate: 0.1, stepsPerRound: 4,
                patientClipNorm: 1, expectedPatients: 100)
        }
        let whole = PrivacyEvent.selfComposed(count: rounds, terms(0).roundEvent)
        return terms(try Self.price(of: whole))
    }

    /// ε at δ = 1e-5 by the accountant alone.
    private static func price(of event: PrivacyEvent) throws -> Double {
        try tightestAccountant(for: [event]).epsilon(delta: 1e-5)
    }

    @Test func accountSpendsUpToItsBudgetAndNoFurther() throws {
        let terms = try Self.terms(rounds: 3)
        var account = PrivacyAccount(terms: terms)
        var last = 0.0
        for round in 1...3 {
            account = try account.after(terms.roundEvent)
            #expect(account.roundsSpent == round && account.epsilon > last)
            last = account.epsilon
        }
        let full = account
        let error = #expect(throws: FederationError.self) { try full.after(terms.roundEvent) }
        #expect(error?.code == .training)
        #expect(full.roundsSpent == 3)
    }

    @Test func foreignEventIsRefused() throws {
        let terms = try Self.terms(rounds: 3)
        let account = PrivacyAccount(terms: terms)
        let quieter = PrivacyEvent.selfComposed(
            count: 4, .poissonSampled(samplingRate: 0.1, .gaussian(noiseMultiplier: 1.4)))
        for event in [nil, quieter, .gaussian(noiseMultiplier: 1.5)] as [PrivacyEvent?] {
            #expect(throws: FederationError.self) { try account.after(event) }
        }
    }

    /// The spend on the ledger is the accountant's, and a federation out of budget abandons instead of training on.
    @Test func commitmentsStateWhatTheAccountantSays() throws {
        let terms = try Self.terms(rounds: 2)
        var rehearsal = try Rehearsal(try TestFederation(rounds: 3, privacy: terms))
        try rehearsal.run()
        #expect(rehearsal.contract.publishedRounds == [1, 2])
        #expect(rehearsal.endings.last == .abandoned(.commit, .tooFewCommitments))
        #expect(rehearsal.reports.count == 5 && rehearsal.reports.allSatisfy { $0.contains("epsilon would reach") })
        for round in 1...2 {
            let expected = try Self.price(of: .selfComposed(count: round, terms.roundEvent))
            for commitment in rehearsal.contract.endedRounds[round - 1].commitments.values {
                #expect(commitment.spend.epsilonMicrosAfter == UInt64((expected * 1e6).rounded(.up)))
                #expect(commitment.spend.steps == UInt32(4 * round))
                #expect(commitment.spend.noiseMultiplierMicros == 1_500_000)
                #expect(commitment.spend.samplingRateMicros == 100_000)
            }
        }
    }
}
