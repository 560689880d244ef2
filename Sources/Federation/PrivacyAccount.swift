package import DifferentialPrivacy
package import Ledger

/// What one hospital has spent so far. A value: spending gives a new account, or refuses.
package struct PrivacyAccount: Sendable {
    package let terms: PrivacyTerms?
    package let roundsSpent: Int
    /// ε spent so far at the terms' δ; 0 without privacy.
    package let epsilon: Double

    package init(terms: PrivacyTerms?) {
        self.init(terms: terms, roundsSpent: 0, epsilon: 0)
    }

    private init(terms: PrivacyTerms?, roundsSpent: Int, epsilon: Double) {
        self.terms = terms
        self.roundsSpent = roundsSpent
        self.epsilon = epsilon
    }

    /// The account after one more round, or an error before anything is released.
    ///
    /// - Throws: `FederationError` when the event is not the agreed one or the budget would be exceeded.
    package func after(_ event: PrivacyEvent?) throws -> PrivacyAccount {
        guard let terms else { return self }
        guard event == terms.roundEvent else {
            throw FederationError(
                .training, "training released something else than the agreement's privacy terms: nothing is sent")
        }
        let spent = roundsSpent + 1
        let total = PrivacyEvent.selfComposed(count: spent, terms.roundEvent)
        let epsilon = try Self.epsilon(of: total, delta: terms.delta, samplingRate: terms.samplingRate)
        // The accountant rounds up; a micro-ε of slack lets a plan calibrated to the budget use all of it.
        guard epsilon <= terms.epsilonBudget + 1e-6 else {
            throw FederationError(
                .training,
                "round \(spent) would spend ε = \(epsilon), over the budget of \(terms.epsilonBudget): nothing is sent")
        }
        return PrivacyAccount(terms: terms, roundsSpent: spent, epsilon: epsilon)
    }

    /// The spend as it stands in the commitment, in integer millionths.
    package var record: Ledger.PrivacySpend {
        guard let terms else { return .none }
        return Ledger.PrivacySpend(
            noiseMultiplierMicros: UInt64((terms.noiseMultiplier * 1e6).rounded()),
            samplingRateMicros: UInt64((terms.samplingRate * 1e6).rounded()),
            steps: UInt32(terms.stepsPerRound * roundsSpent), epsilonMicrosAfter: UInt64((epsilon * 1e6).rounded(.up)))
    }

    /// The tightest accountant that is exact for the mechanism: GDP without sampling, RDP with it.
    package static func epsilon(of event: PrivacyEvent, delta: Double, samplingRate: Double) throws -> Double {
        if samplingRate >= 1 {
            var accountant = GaussianAccountant()
            try accountant.compose(event)
            return accountant.epsilon(delta: delta)
        }
        var accountant = RDPAccountant()
        try accountant.compose(event)
        return accountant.epsilon(delta: delta)
    }
}
