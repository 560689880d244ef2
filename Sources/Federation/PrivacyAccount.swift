package import DifferentialPrivacy
package import Ledger

/// What one hospital has spent so far. A value: spending gives a new account, or refuses.
package struct PrivacyAccount: Sendable {
    package let terms: PrivacyTerms?
    package let roundsSpent: Int
    /// ε spent so far at the terms' δ; 0 without privacy.
    package let epsilon: Double
    /// Everything released so far; nil before the first release.
    private let budget: PrivacyBudget?

    package init(terms: PrivacyTerms?) {
        self.init(terms: terms, roundsSpent: 0, epsilon: 0, budget: nil)
    }

    /// The account after so many rounds, each of the agreed event.
    ///
    /// - Throws: as `after`.
    package init(terms: PrivacyTerms?, roundsSpent: Int) throws {
        guard let terms else {
            self.init(terms: nil)
            return
        }
        self = try (0..<roundsSpent).reduce(PrivacyAccount(terms: terms)) { account, _ in
            try account.after(terms.roundEvent)
        }
    }

    private init(terms: PrivacyTerms?, roundsSpent: Int, epsilon: Double, budget: PrivacyBudget?) {
        self.terms = terms
        self.roundsSpent = roundsSpent
        self.epsilon = epsilon
        self.budget = budget
    }

    /// The account after one more round, or an error before anything is released.
    ///
    /// - Throws: `FederationError(.training)` when the event is not the agreed one or the budget would be exceeded.
    package func after(_ event: PrivacyEvent?) throws -> PrivacyAccount {
        guard let terms else { return self }
        guard let event, event == terms.roundEvent else {
            throw FederationError(
                .training, "training released something else than the agreement's privacy terms: nothing is sent")
        }
        do {
            let before = try budget ?? PrivacyBudget(epsilon: terms.epsilonBudget, delta: terms.delta)
            let spent = try before.after(event)
            return PrivacyAccount(
                terms: terms, roundsSpent: roundsSpent + 1, epsilon: try spent.spend.epsilon, budget: spent)
        } catch let error as PrivacyError {
            throw FederationError(.training, "round \(roundsSpent + 1) of training: \(error.message); nothing is sent")
        }
    }

    /// The spend as it stands in the commitment, in integer millionths.
    package var record: Ledger.PrivacySpend {
        guard let terms else { return .none }
        return Ledger.PrivacySpend(
            noiseMultiplierMicros: UInt64((terms.noiseMultiplier * 1e6).rounded()),
            samplingRateMicros: UInt64((terms.samplingRate * 1e6).rounded()),
            steps: UInt32(terms.stepsPerRound * roundsSpent), epsilonMicrosAfter: UInt64((epsilon * 1e6).rounded(.up)))
    }
}
