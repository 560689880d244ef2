import RingArithmetic
import Testing

@testable import DifferentialPrivacy
@testable import ModelTraining

/// The audit of an honest program, which refutes a true claim in at most one run of twenty with fresh seeds (they are
/// fixed), and of four that are broken on purpose, each at ε = 1, 3 and 8.
@Suite struct CanaryAuditTests {
    private static func audit<Sum: PatientSum>(_ sum: Sum.Type, epsilon: Double, seed: UInt64) throws -> CanaryAudit {
        let steps = 8
        var privacy = PrivacyConfiguration.scattering(noiseMultiplier: 0, expectedPatients: 400)
        privacy.noiseMultiplier = try calibratedNoiseMultiplier(
            epsilon: epsilon, delta: 1e-5, samplingRate: 1, steps: steps)
        var generator = RepeatableGenerator(seed)
        return try CanaryAudit.run(
            sum, privacy: privacy, steps: steps, claimedEpsilon: epsilon, delta: 1e-5, using: &generator)
    }

    @Test(arguments: [1.0, 3, 8]) func honestProgramPassesAndIsSeen(_ epsilon: Double) throws {
        let audit = try Self.audit(NoisySum.self, epsilon: epsilon, seed: 4)
        #expect(audit.holds, "\(audit)")
        #expect(audit.reach > epsilon, "the audit could refute the claim")
        // Not an idle attacker: it proves a part of what is true.
        #expect(audit.lowerBound > 0.8 * epsilon, "\(audit)")
    }

    @Test(arguments: [1.0, 3, 8]) func brokenProgramsAreCaught(_ epsilon: Double) throws {
        #expect(try !Self.audit(WithoutNoise.self, epsilon: epsilon, seed: 1).holds)
        #expect(try !Self.audit(QuarterOfTheNoise.self, epsilon: epsilon, seed: 1).holds)
        #expect(try !Self.audit(WithoutClip.self, epsilon: epsilon, seed: 1).holds)
        #expect(try !Self.audit(NoiseUsedAgain.self, epsilon: epsilon, seed: 1).holds)
    }

    @Test func subsampledHonestProgramPasses() throws {
        var privacy = PrivacyConfiguration.scattering(noiseMultiplier: 0, expectedPatients: 400)
        privacy.samplingRate = 0.2
        privacy.noiseMultiplier = try calibratedNoiseMultiplier(
            epsilon: 3, delta: 1e-5, samplingRate: 0.2, steps: 20)
        var generator = RepeatableGenerator(2)
        let audit = try CanaryAudit.run(
            NoisySum.self, privacy: privacy, steps: 20, claimedEpsilon: 3, delta: 1e-5, canaries: 5000,
            using: &generator)
        #expect(audit.holds, "\(audit)")
    }

    /// 0 and 17 of 200 at 2.5 %: scipy 1.17.1, `beta.ppf(0.975, k + 1, n − k)`.
    @Test func gaussianBoundIsTheExactInterval() {
        #expect(abs(GaussianAuditBound.upperRate(0, of: 200, level: 0.025) - 0.0182753404) < 1e-9)
        #expect(abs(GaussianAuditBound.upperRate(17, of: 200, level: 0.025) - 0.1326051658) < 1e-9)
        #expect(abs(GaussianAuditBound.quantile(0.975) - 1.959963985) < 1e-9)
        let nothing = GaussianAuditBound(falseAlarms: 50, absent: 100, misses: 50, present: 100)
        #expect(nothing.epsilon(delta: 1e-5, confidence: 0.95) == 0)
    }

    /// Figures of the paper's own program (appendix D) at 95 % confidence: `Tests/Vectors/privacy/audit.py`.
    @Test(
        arguments: [
            (1000, 100, 100, 0.0, 3.4930), (1000, 100, 90, 1e-5, 1.6261), (20_000, 11_924, 11_924, 1e-5, 7.6793),
            (500, 50, 25, 0.0, 0.0), (5000, 200, 150, 1e-6, 0.8207),
        ])
    func boundIsThatOfThePaper(_ canaries: Int, _ guesses: Int, _ correct: Int, _ delta: Double, _ expected: Double) {
        let bound = AuditBound(canaries: canaries, guesses: guesses, correct: correct)
            .epsilon(delta: delta, confidence: 0.95)
        #expect(abs(bound - expected) < 1e-3, "\(bound)")
    }
}

private struct WithoutNoise: PatientSum {
    var inner: NoisySum
    init(count: Int, clipNorm: Double) { inner = NoisySum(count: count, clipNorm: clipNorm) }
    mutating func add(_ gradients: [Float]) { inner.add(gradients) }
    func released(noiseMultiplier: Double, using rng: inout some CryptographicGenerator) throws -> [Double] {
        try inner.released(noiseMultiplier: 0, using: &rng)
    }
}

private struct QuarterOfTheNoise: PatientSum {
    var inner: NoisySum
    init(count: Int, clipNorm: Double) { inner = NoisySum(count: count, clipNorm: clipNorm) }
    mutating func add(_ gradients: [Float]) { inner.add(gradients) }
    func released(noiseMultiplier: Double, using rng: inout some CryptographicGenerator) throws -> [Double] {
        try inner.released(noiseMultiplier: noiseMultiplier / 4, using: &rng)
    }
}

private struct WithoutClip: PatientSum {
    var sum: [Double]
    let clipNorm: Double
    init(count: Int, clipNorm: Double) {
        sum = [Double](repeating: 0, count: count)
        self.clipNorm = clipNorm
    }
    mutating func add(_ gradients: [Float]) {
        for (index, value) in gradients.enumerated() { sum[index % sum.count] += Double(value) }
    }
    func released(noiseMultiplier: Double, using rng: inout some CryptographicGenerator) throws -> [Double] {
        let noise = try NoisySum(count: sum.count, clipNorm: clipNorm)
            .released(noiseMultiplier: noiseMultiplier, using: &rng)
        return zip(sum, noise).map { $0 + $1 }
    }
}

/// The noise of every step comes from a generator that begins anew.
private struct NoiseUsedAgain: PatientSum {
    var inner: NoisySum
    init(count: Int, clipNorm: Double) { inner = NoisySum(count: count, clipNorm: clipNorm) }
    mutating func add(_ gradients: [Float]) { inner.add(gradients) }
    func released(noiseMultiplier: Double, using rng: inout some CryptographicGenerator) throws -> [Double] {
        var again = RepeatableGenerator(99)
        return try inner.released(noiseMultiplier: noiseMultiplier, using: &again)
    }
}
