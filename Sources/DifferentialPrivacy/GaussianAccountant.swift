import Foundation

/// Exact accountant for full-batch Gaussian releases (no sampling): Gaussian differential privacy.
///
/// Adaptively composed Gaussians of multipliers σ_i are exactly as private as one of `μ = √(Σ 1/σ_i²)`, and
/// `δ(ε) = Φ(−ε/μ + μ/2) − e^ε·Φ(−ε/μ − μ/2)` with equality. Sources: Dong, Roth and Su 2019, arXiv 1905.02383,
/// corollaries 2.13 and 3.3; Balle and Wang 2018, arXiv 1805.06530, theorem 8. Seven per cent or so tighter than RDP.
package struct GaussianAccountant: PrivacyAccountant {
    package var name: String { "GDP (exact for full-batch Gaussian noise)" }

    /// `μ²`, the sum of `count/σ²`.
    private var squaredMu = 0.0

    /// Relative margin against rounding in sums, roots and tails, so that ε and δ err upwards.
    private static let roundingMargin = 1e-12

    package init() {}

    package mutating func compose(_ event: PrivacyEvent) throws {
        var added = 0.0
        for release in try PrivacyRelease.flatten(event) {
            guard case .gaussian(samplingRate: 1, let noiseMultiplier) = release.mechanism else {
                throw PrivacyError(
                    .unsupportedEvent, "Gaussian DP prices full-batch Gaussian noise only; use the PLD accountant")
            }
            added += Double(release.count) / (noiseMultiplier * noiseMultiplier)
        }
        squaredMu += added
    }

    package func epsilon(delta: Double) -> Double {
        precondition(delta > 0 && delta < 1, "delta must be in (0, 1)")
        guard squaredMu > 0 else { return 0 }
        guard squaredMu.isFinite else { return .infinity }
        if self.delta(epsilon: 0) <= delta { return 0 }
        var (low, high) = (0.0, 1.0)
        while self.delta(epsilon: high) > delta {
            low = high
            high *= 2
            guard high.isFinite else { return .infinity }
        }
        // Bisection keeps δ(high) ≤ delta, so the end returned is the pessimistic one.
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return high }
            if self.delta(epsilon: middle) > delta { low = middle } else { high = middle }
        }
    }

    /// The smallest δ for which everything composed is (`epsilon`, δ)-private, rounded up by one part in 10^12 of the
    /// two terms it is the difference of.
    /// - Parameter epsilon: non-negative.
    package func delta(epsilon: Double) -> Double {
        precondition(epsilon >= 0, "epsilon must not be negative")
        guard squaredMu > 0 else { return 0 }
        let mu = squaredMu.squareRoot()
        let gain = exp(NormalTail.logDistribution(-epsilon / mu + mu / 2))
        let loss = exp(epsilon + NormalTail.logDistribution(-epsilon / mu - mu / 2))
        return min(1, max(0, gain - loss) + Self.roundingMargin * gain)
    }
}
