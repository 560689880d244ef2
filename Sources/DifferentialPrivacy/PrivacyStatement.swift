/// The differential-privacy guarantee of a training run, with every figure that it depends on.
package struct PrivacyStatement: Sendable, Hashable, Codable {
    package let unit: PrivacyUnit
    package let epsilon: Double
    package let delta: Double
    /// Noisy steps over the whole run.
    package let steps: Int
    /// Poisson rate of the units; 1 is the full batch.
    package let samplingRate: Double
    /// Noise standard deviation in clip norms.
    package let noiseMultiplier: Double
    package let clipNorm: Double
    /// Name of the accountant that computed ε.
    package let accountant: String
    /// The most images of one patient that enter a step; nil if all of them form one clipped contribution.
    package let imagesPerPatientCap: Int?

    package init(
        unit: PrivacyUnit = .patient, epsilon: Double, delta: Double, steps: Int, samplingRate: Double,
        noiseMultiplier: Double, clipNorm: Double, accountant: String, imagesPerPatientCap: Int? = nil
    ) {
        self.unit = unit
        self.epsilon = epsilon
        self.delta = delta
        self.steps = steps
        self.samplingRate = samplingRate
        self.noiseMultiplier = noiseMultiplier
        self.clipNorm = clipNorm
        self.accountant = accountant
        self.imagesPerPatientCap = imagesPerPatientCap
    }

    /// The guarantee in one paragraph. ε is rounded up and the noise multiplier down, so that no digit flatters.
    package var text: String {
        "For each hospital h, the full view of everyone else (all ciphertexts, decrypted scores, aggregates, ledger, "
            + "all models) is (ε_h, δ_h) = (\(Self.roundedUp(epsilon)), \(delta))-DP under add/remove of one "
            + "\(unit.rawValue) of h\(contribution), for the stated T = \(steps) steps, "
            + "Poisson rate q_h = \(samplingRate), multiplier σ_h = \(Self.roundedDown(noiseMultiplier)), "
            + "clip C = \(clipNorm), computed by \(accountant), assuming h's own software follows the protocol and "
            + "the encryption is IND-CPA(-D) secure (computational DP). It does not protect hospital-level facts, nor "
            + "hyper-parameter tuning that was not charged, nor local validation votes unless noised."
    }

    /// What the guarantee says nothing about, one sentence each.
    package var notCovered: [String] {
        var limits = [
            "Hospital-level facts, such as that a hospital took part or the mix of its patients, are not protected.",
            "Hyper-parameter tuning on the same patients is not charged to the budget.",
            "Validation votes are not covered unless randomised; they are charged to the budget of held-out patients.",
            "Noise is added in integers, exactly sampled; the time that this and training take is not hidden.",
            "A hospital whose own software deviates from the protocol does not protect its own patients.",
        ]
        if unit != .patient {
            limits.append(
                "The guarantee is per \(unit.rawValue), not per patient: who contributed more is protected less.")
        }
        return limits
    }

    private var contribution: String {
        guard unit == .patient else { return "" }
        guard let cap = imagesPerPatientCap else { return " (all the patient's images together)" }
        return " (≤ \(cap) \(cap == 1 ? "image" : "images") per patient)"
    }

    private static func roundedUp(_ value: Double) -> Double { (value * 1e4).rounded(.up) / 1e4 }
    private static func roundedDown(_ value: Double) -> Double { (value * 1e4).rounded(.down) / 1e4 }
}
