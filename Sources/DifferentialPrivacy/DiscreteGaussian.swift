/// The discrete Gaussian `P(k) ∝ e^(−k²/(2σ²))` over the integers, sampled exactly with integer arithmetic: Canonne,
/// Kamath and Steinke 2020, arXiv 2004.00010, algorithms 1–3, from a discrete Laplace of scale σ.
///
/// No floating-point number is involved, so that there is no gap in the set of values to look through (Mironov 2012;
/// Jin et al. 2021, arXiv 2112.05307). The time of one draw depends on its value; so `sample` makes a whole vector
/// before any of it is used, and only the sum of those times can be seen, which says as much as the sum of many draws.
package struct DiscreteGaussian: Sendable, Hashable {
    /// σ in grid steps; the true deviation is below σ, by less than 1e-30 of it from σ = 3 on.
    package let deviation: Int

    package static let deviationMax = 1 << 26

    /// - Throws: `PrivacyError` unless `deviation` is 1…2^26.
    package init(deviation: Int) throws {
        guard (1...Self.deviationMax).contains(deviation) else {
            throw PrivacyError(
                .invalidParameter, "a discrete Gaussian of deviation \(deviation): 1…\(Self.deviationMax) is sampled")
        }
        self.deviation = deviation
    }

    /// Independent draws from a generator that must be cryptographic where the noise protects anyone.
    package func sample(count: Int, using generator: inout some RandomNumberGenerator) -> [Int64] {
        precondition(count >= 0, "a negative number of draws")
        return (0..<count).map { _ in sample(using: &generator) }
    }

    private func sample(using generator: inout some RandomNumberGenerator) -> Int64 {
        let scale = UInt64(deviation)
        while true {
            let remainder = generator.next(upperBound: scale)
            guard ExactBernoulli.exponential(remainder, scale, using: &generator) else { continue }
            var whole: UInt64 = 0
            while ExactBernoulli.exponential(1, 1, using: &generator) { whole += 1 }
            let magnitude = remainder + scale * whole
            let isNegative = generator.next() & 1 == 1
            if isNegative && magnitude == 0 { continue }
            // Beyond 64 deviations a draw is accepted with a chance below e^(−1900); there the square would overflow.
            guard whole < 64 else { continue }
            let distance = magnitude > scale ? magnitude - scale : scale - magnitude
            if ExactBernoulli.exponential(distance * distance, 2 * scale * scale, using: &generator) {
                return isNegative ? -Int64(magnitude) : Int64(magnitude)
            }
        }
    }
}
