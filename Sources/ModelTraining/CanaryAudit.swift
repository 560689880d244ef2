import DifferentialPrivacy
package import RingArithmetic

/// Attacks a program's private steps from the inside: a one-run audit with canaries (Steinke, Nasr and Jagielski 2023).
///
/// Each canary is a patient with a coordinate of its own: its gradient is ten clip norms long along it, with a sign
/// that changes from step to step; a coin decides whether it takes part. The auditor, who knows every other patient and
/// therefore what they add, sees each noisy sum, correlates it with the signs, and guesses. Against an honest program
/// that is the strongest attack there is on one coordinate; the length shows whether gradients are clipped, and signs
/// that change from each step to the next cancel noise that is used again.
///
/// Two bounds, each at half of the allowance: one of `AuditBound`, which supposes nothing of the program; and, where
/// every patient is in every step, that of `GaussianAuditBound`, whose coordinates are independent trials.
package struct CanaryAudit: Sendable, Encodable {
    package let claimedEpsilon: Double
    package let delta: Double
    /// The larger of the bounds: an ε that is refuted at `confidence`.
    package let lowerBound: Double
    package let oneRunBound: Double
    /// Nil where patients are sampled: then the mechanism is no Gaussian.
    package let gaussianBound: Double?
    package let confidence: Double
    package let canaries: Int
    /// Guesses made, those on the canaries with the most telling scores, and how many were right.
    package let guesses: Int
    package let correct: Int
    /// Largest bound that so many canaries could have shown: a claim above it cannot be refuted by this audit.
    package let reach: Double

    /// No claim is refuted; it does not follow that it holds.
    package let holds: Bool

    /// - Parameters:
    ///   - steps: noisy steps over the whole training.
    ///   - claimedEpsilon: what is claimed of those steps at `delta`.
    ///   - confidence: chance that an honest program passes, at least, for the number of guesses was fixed beforehand.
    /// - Throws: as the sum does.
    package static func run<Sum: PatientSum>(
        _: Sum.Type, privacy: PrivacyConfiguration, steps: Int, claimedEpsilon: Double, delta: Double,
        canaries: Int = 20_000, confidence: Double = 0.95, using rng: inout some CryptographicGenerator
    ) throws -> CanaryAudit {
        precondition(canaries >= 100 && steps > 0)
        let takesPart = (0..<canaries).map { _ in rng.next() & 1 == 1 }
        var scores = [Double](repeating: 0, count: canaries)
        var signs = [Double](repeating: 1, count: canaries)
        let length = Float(10 * privacy.clipNorm)
        for step in 0..<steps {
            // In pairs of opposite signs, so that what is the same in both steps drops out.
            signs = step % 2 == 1 ? signs.map { -$0 } : signs.map { _ in rng.next() & 1 == 1 ? 1 : -1 }
            // A block of coordinates at a time: what one canary adds is zero outside of its own.
            for start in stride(from: 0, to: canaries, by: blockLength) {
                let block = start..<min(start + blockLength, canaries)
                var sum = Sum(count: block.count, clipNorm: privacy.clipNorm)
                var gradient = [Float](repeating: 0, count: block.count)
                for canary in poissonSample(block.map { [$0] }, rate: privacy.samplingRate, using: &rng) {
                    let place = canary[0]
                    guard takesPart[place] else { continue }
                    gradient[place - start] = length * Float(signs[place])
                    sum.add(gradient)
                    gradient[place - start] = 0
                }
                let released = try sum.released(noiseMultiplier: privacy.noiseMultiplier, using: &rng)
                for (place, value) in zip(block, released) { scores[place] += signs[place] * value }
            }
        }
        return Self(
            scores: scores, takesPart: takesPart, threshold: Double(steps) * privacy.clipNorm / 2,
            isGaussian: privacy.samplingRate == 1, claimedEpsilon: claimedEpsilon, delta: delta,
            confidence: confidence)
    }

    private static let blockLength = 500

    private init(
        scores: [Double], takesPart: [Bool], threshold: Double, isGaussian: Bool, claimedEpsilon: Double,
        delta: Double, confidence: Double
    ) {
        let found = MembershipGuesses(scores: scores, takesPart: takesPart, claimedEpsilon: claimedEpsilon)
        canaries = scores.count
        guesses = found.guesses
        correct = found.correct
        let level = 1 - (1 - confidence) / (isGaussian ? 2 : 1)
        func gaussian(_ alarms: Int, _ misses: Int) -> Double {
            let present = takesPart.count { $0 }
            return GaussianAuditBound(
                falseAlarms: alarms, absent: scores.count - present, misses: misses, present: present
            ).epsilon(delta: delta, confidence: level)
        }
        oneRunBound = found.bound(delta: delta, confidence: level)
        gaussianBound =
            isGaussian
            ? gaussian(
                scores.indices.count { !takesPart[$0] && scores[$0] > threshold },
                scores.indices.count { takesPart[$0] && scores[$0] <= threshold }) : nil
        lowerBound = max(oneRunBound, gaussianBound ?? 0)
        holds = lowerBound <= claimedEpsilon
        reach = max(
            found.bound(delta: delta, confidence: level, allCorrect: true), isGaussian ? gaussian(0, 0) : 0)
        self.claimedEpsilon = claimedEpsilon
        self.delta = delta
        self.confidence = confidence
    }
}
