import DifferentialPrivacy

extension PrivacyConfiguration {
    /// For a network trained from scratch under privacy, as calibrated; the scattering heads are far better there.
    private static let networkLearningRate = 0.2
    /// Learning rate of a head where noise does not matter, over 200 steps; and the noise that a step of rate one may
    /// put on a parameter's mean gradient, in clip norms. Both chosen on seeds 1 to 6: `Documentation/Privacy.md`.
    private static let headLearningRateMax = 40.0
    private static let headNoiseRate = 0.65
    private static let referenceSteps = 200.0

    /// Calibrates the noise so that all rounds together spend ε at δ; constants of the agreement only.
    ///
    /// - Throws: `PrivacyError` when no noise reaches ε.
    package static func calibrated(
        for kind: ModelKind, epsilon: Double, delta: Double, rounds: Int, expectedPatients: Int
    ) throws -> PrivacyConfiguration {
        var privacy = scattering(noiseMultiplier: 0, expectedPatients: expectedPatients)
        let steps = rounds * privacy.stepsPerRound
        privacy.noiseMultiplier = try calibratedNoiseMultiplier(
            epsilon: epsilon, delta: delta, samplingRate: privacy.samplingRate, steps: steps, tolerance: 1e-4)
        privacy.learningRate =
            kind == .cnn
            ? networkLearningRate
            : headLearningRate(
                noiseMultiplier: privacy.noiseMultiplier, patients: privacy.samplingRate * Double(expectedPatients),
                steps: steps)
        return privacy
    }

    /// The sum over all steps of what noise moves the head by is what was found best at ε = 8, 3 and 1 alike: the rate
    /// goes with patients / (σ · √steps), up to that of training without noise.
    package static func headLearningRate(noiseMultiplier: Double, patients: Double, steps: Int) -> Double {
        let longer = referenceSteps / Double(steps)
        return min(
            headLearningRateMax * longer, headNoiseRate * patients / noiseMultiplier * longer.squareRoot())
    }
}
