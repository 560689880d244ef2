import DifferentialPrivacy

extension PrivacyConfiguration {
    private static let learningRateMax = 60.0
    /// For a network trained from scratch under privacy, as calibrated; the scattering head is far better there.
    private static let networkLearningRate = 0.2

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
        // Chosen on validation images at 200 steps; noise grows with the number of steps, and the useful step shrinks.
        privacy.learningRate = min(learningRateMax, privacy.learningRate * 200 / Double(steps))
        if kind == .cnn { privacy.learningRate = networkLearningRate }
        return privacy
    }
}
