extension RunSummary {
    /// The guarantee given to patients, with all that is needed to recompute it.
    package struct Privacy: Codable, Hashable, Sendable {
        /// Whom the guarantee protects: `patient`.
        package var unit: String
        /// ε that the agreement allows.
        package var epsilonBudget: Double
        /// ε spent by the hospital that spent most.
        package var epsilon: Double
        /// δ of the guarantee.
        package var delta: Double
        /// Noisy gradient steps a hospital took.
        package var steps: Int
        /// Probability with which a patient is in a step.
        package var samplingRate: Double
        /// Standard deviation of the noise over the clipping norm.
        package var noiseMultiplier: Double
        /// Bound on the L2 norm of one patient's gradient.
        package var clipNorm: Double
        /// Name of the accountant.
        package var accountant: String
        /// The guarantee in one sentence.
        package var statement: String
        /// What the guarantee does not cover.
        package var notCovered: [String]

        package init(
            unit: String, epsilonBudget: Double, epsilon: Double, delta: Double, steps: Int, samplingRate: Double,
            noiseMultiplier: Double, clipNorm: Double, accountant: String, statement: String, notCovered: [String]
        ) {
            self.unit = unit
            self.epsilonBudget = epsilonBudget
            self.epsilon = epsilon
            self.delta = delta
            self.steps = steps
            self.samplingRate = samplingRate
            self.noiseMultiplier = noiseMultiplier
            self.clipNorm = clipNorm
            self.accountant = accountant
            self.statement = statement
            self.notCovered = notCovered
        }
    }
}
