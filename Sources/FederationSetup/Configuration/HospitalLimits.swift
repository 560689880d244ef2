package import HomomorphicEncryption

/// What a hospital never agrees to, from its own configuration.
package struct HospitalLimits: Sendable, Hashable {
    /// Nil also agrees to training without differential privacy.
    package let epsilonMax: Double?
    package let deltaMax: Double
    package let hospitalsMin: Int
    /// Nil asks for `⌊(n−1)/3⌋`.
    package let maliciousMin: Int?
    package let roundsMax: Int
    package let securityLevel: SecurityLevel
    package let commitSecondsMin: Int
    package let phaseSecondsMin: Int

    package init(
        epsilonMax: Double?, deltaMax: Double, hospitalsMin: Int, maliciousMin: Int?, roundsMax: Int,
        securityLevel: SecurityLevel, commitSecondsMin: Int, phaseSecondsMin: Int
    ) {
        self.epsilonMax = epsilonMax
        self.deltaMax = deltaMax
        self.hospitalsMin = hospitalsMin
        self.maliciousMin = maliciousMin
        self.roundsMax = roundsMax
        self.securityLevel = securityLevel
        self.commitSecondsMin = commitSecondsMin
        self.phaseSecondsMin = phaseSecondsMin
    }
}
