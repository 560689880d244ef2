/// What an update cost its hospital's privacy budget; all zero where the agreement asks for none.
package struct PrivacySpend: Hashable, Sendable, Codable {
    /// σ·10⁶ of the Gaussian mechanism.
    package let noiseMultiplierMicros: UInt64
    /// q·10⁶ of the Poisson sampling over patients.
    package let samplingRateMicros: UInt64
    package let steps: UInt32
    /// The member's whole ε·10⁶ after this update, rounded up.
    package let epsilonMicrosAfter: UInt64

    package init(
        noiseMultiplierMicros: UInt64, samplingRateMicros: UInt64, steps: UInt32, epsilonMicrosAfter: UInt64
    ) {
        self.noiseMultiplierMicros = noiseMultiplierMicros
        self.samplingRateMicros = samplingRateMicros
        self.steps = steps
        self.epsilonMicrosAfter = epsilonMicrosAfter
    }

    package static let none = PrivacySpend(
        noiseMultiplierMicros: 0, samplingRateMicros: 0, steps: 0, epsilonMicrosAfter: 0)
}
