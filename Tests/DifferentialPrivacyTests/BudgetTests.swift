import Foundation
import Testing

@testable import DifferentialPrivacy

@Suite struct BudgetTests {
    @Test func roundsAreSpentUntilTheBudgetRefuses() throws {
        let steps = 100
        let noiseMultiplier = try calibratedNoiseMultiplier(
            epsilon: 8, delta: 1e-5, samplingRate: 1, steps: steps)
        let round = trainingEvent(noiseMultiplier, 1, 5)
        var budget = try PrivacyBudget(epsilon: 8, delta: 1e-5)
        #expect(try budget.spend.epsilon == 0)
        for _ in 0..<20 { budget = try budget.after(round) }
        // Twenty rounds are one history entry, and the price is that of the whole.
        #expect(budget.events == [trainingEvent(noiseMultiplier, 1, steps)])
        let spend = try budget.spend
        #expect(spend.epsilon <= 8 && spend.epsilon > 7.99)
        #expect(spend.accountant == GaussianAccountant().name)
        #expect {
            _ = try budget.after(round)
        } throws: { error in
            (error as? PrivacyError)?.code == .overBudget
        }
        #expect(budget.events == [trainingEvent(noiseMultiplier, 1, steps)])
    }

    @Test func accountantIsNamedTruthfully() throws {
        let full = trainingEvent(20, 1, 1)
        let sampled = trainingEvent(2, 0.05, 1)
        var budget = try PrivacyBudget(epsilon: 8, delta: 1e-5)
        budget = try budget.after(full)
        #expect(try budget.spend.accountant == GaussianAccountant().name)
        budget = try budget.after(sampled)
        #expect(try budget.spend.accountant == PLDAccountant().name)
        #expect(budget.events == [full, sampled])
    }

    @Test func budgetSurvivesCoding() throws {
        let budget = try PrivacyBudget(epsilon: 3, delta: 1e-6).after(trainingEvent(4, 0.05, 30))
        let decoded = try JSONDecoder().decode(PrivacyBudget.self, from: JSONEncoder().encode(budget))
        #expect(decoded == budget)
    }

    @Test(arguments: [
        #"{"epsilon":-1,"delta":1e-5,"events":[]}"#, #"{"epsilon":1,"delta":0,"events":[]}"#,
        #"{"epsilon":1,"delta":1e-5,"events":[{"gaussian":{"noiseMultiplier":0}}]}"#,
        #"{"epsilon":1,"delta":1e-5,"events":[{"gaussian":{"noiseMultiplier":0.5}}]}"#,
        #"{"epsilon":1,"delta":1e-5,"events":[{"laplace":{"noiseMultiplier":9}}]}"#,
    ])
    func forgedBudgetsAreRefused(_ text: String) {
        #expect(throws: (any Error).self) { try JSONDecoder().decode(PrivacyBudget.self, from: Data(text.utf8)) }
    }

    @Test func statementCarriesEveryFigure() {
        let statement = PrivacyStatement(
            epsilon: 7.99871, delta: 1e-5, steps: 200, samplingRate: 1, noiseMultiplier: 8.48859, clipNorm: 0.1,
            accountant: GaussianAccountant().name, imagesPerPatientCap: 1)
        #expect(
            statement.text
                == "For each hospital h, the full view of everyone else (all ciphertexts, decrypted scores, "
                + "aggregates, ledger, all models) is (ε_h, δ_h) = (7.9988, 1e-05)-DP under add/remove of one patient "
                + "of h (≤ 1 image per patient), for the stated T = 200 steps, Poisson rate q_h = 1.0, "
                + "multiplier σ_h = 8.4885, clip C = 0.1, computed by GDP (exact for full-batch Gaussian noise), "
                + "assuming h's own software follows the protocol and the encryption is IND-CPA(-D) secure "
                + "(computational DP). It does not protect hospital-level facts, nor hyper-parameter tuning that was "
                + "not charged, nor local validation votes unless noised.")
        #expect(statement.notCovered.count == 5)
    }

    @Test func imageLevelStatementSaysThatItIsWeaker() {
        let statement = PrivacyStatement(
            unit: .image, epsilon: 1, delta: 1e-5, steps: 1, samplingRate: 0.1, noiseMultiplier: 2, clipNorm: 1,
            accountant: RDPAccountant().name)
        #expect(statement.text.contains("add/remove of one image of h,"))
        #expect(statement.notCovered.contains { $0.contains("per image, not per patient") })
    }
}
