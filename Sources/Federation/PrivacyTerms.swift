package import DifferentialPrivacy

/// What the agreement promises to a patient, and the mechanism that keeps the promise.
///
/// One local step is a Poisson-sampled Gaussian mechanism on per-patient gradients clipped to `patientClipNorm`; a
/// round is `stepsPerRound` of them. All values are constants of the agreement, none is counted from a hospital's data.
package struct PrivacyTerms: Sendable, Hashable, Codable {
    package let epsilonBudget: Double
    package let delta: Double
    package let noiseMultiplier: Double
    package let samplingRate: Double
    package let stepsPerRound: Int
    package let patientClipNorm: Double
    /// Declared, coarse number of patients that divides the noisy sum: a constant, so that it cannot leak a patient.
    package let expectedPatients: Int

    package init(
        epsilonBudget: Double, delta: Double, noiseMultiplier: Double, samplingRate: Double, stepsPerRound: Int,
        patientClipNorm: Double, expectedPatients: Int
    ) {
        self.epsilonBudget = epsilonBudget
        self.delta = delta
        self.noiseMultiplier = noiseMultiplier
        self.samplingRate = samplingRate
        self.stepsPerRound = stepsPerRound
        self.patientClipNorm = patientClipNorm
        self.expectedPatients = expectedPatients
    }

    /// Why these terms are none; nil when they are. What the ledger writes of them fits its integers.
    func refusal(rounds: UInt32) -> String? {
        let isSound =
            (0...1e6).contains(epsilonBudget) && epsilonBudget > 0 && delta >= 1e-200 && delta < 1
            && (0...1e9).contains(noiseMultiplier) && noiseMultiplier > 0 && samplingRate > 0 && samplingRate <= 1
            && patientClipNorm > 0 && patientClipNorm.isFinite && expectedPatients > 0 && stepsPerRound > 0
        guard isSound else { return "the privacy terms hold a number that no guarantee has" }
        let (steps, overflow) = stepsPerRound.multipliedReportingOverflow(by: Int(rounds))
        return overflow || steps > Int(UInt32.max) ? "the privacy terms ask for more steps than are counted" : nil
    }

    /// What one round releases about one hospital's patients.
    package var roundEvent: PrivacyEvent {
        let step = PrivacyEvent.gaussian(noiseMultiplier: noiseMultiplier)
        let sampled = samplingRate < 1 ? .poissonSampled(samplingRate: samplingRate, step) : step
        return .selfComposed(count: stepsPerRound, sampled)
    }
}
