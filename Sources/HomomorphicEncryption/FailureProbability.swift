internal import Foundation

/// How likely honest hospitals' openings are to be decoded wrongly or refused, as base-2 logarithms of upper bounds.
///
/// Chernoff's bounds over rows drawn after the update, for the worst update within its norm:
/// - noise of an opened coefficient, `Σ ρ·e` over `D` terms, beyond `Δ/2`:
///   `ln P ≤ ln 2 + min_t D·ln(½ + ½·cosh(t/2)^82) − t·Δ/2`, since `e` is the difference of two sums of 41 fair bits
///   and `ρ` is 0 with probability ½;
/// - a digit, `Σ ρ·u` with `‖u‖ ≤ B`, beyond `W/2`: `P ≤ 2·exp(−(W/2B)²)`. A hospital's norm is one budget for all
///   fields, and the sum over fields is greatest when one field has it all, so `k` rows are counted, not `k·F`;
/// - noise of a coefficient of the sum beyond `12·σ·√|V|`, where the sum is refused: `P ≤ 2·exp(−72)`.
///
/// Digits of the sum never overflow: `n·B ≤ W/2.6`.
package struct FailureProbability: Sendable, Hashable {
    /// Every round of every plan stays below this.
    package static let limitLog2 = -60.0

    /// One row of one hospital's sketch: its noise, and the largest of its digits.
    package let rowNoiseLog2: Double
    package let rowDigitsLog2: Double
    /// All rows of one hospital's sketch.
    package let hospitalLog2: Double
    /// All coefficients of the opened sum.
    package let sumLog2: Double
    /// The sketches of all hospitals and the sum.
    package let roundLog2: Double

    init(coefficients: Int, coordinates: Int, members: Int, scale: UInt64, width: UInt64, bound: UInt64) {
        rowNoiseLog2 = Self.rowNoise(coefficients: Double(coefficients), margin: Double(scale) / 2)
        let ratio = Double(width) / (2 * Double(bound))
        rowDigitsLog2 = 1 - ratio * ratio / log(2)
        hospitalLog2 = log2(Double(coordinates)) + Self.either(rowNoiseLog2, rowDigitsLog2)
        let deviations = EncryptionParameters.sumNoiseDeviations
        sumLog2 = log2(Double(coefficients)) + 1 - deviations * deviations / (2 * log(2))
        roundLog2 = Self.either(log2(Double(members)) + hospitalLog2, sumLog2)
    }

    /// Any `t` gives a bound; the exponent is convex, so thirds find the best.
    static func rowNoise(coefficients: Double, margin: Double) -> Double {
        func exponent(_ t: Double) -> Double {
            coefficients * log1p(expm1(82 * log(cosh(t / 2))) / 2) - t * margin
        }
        var low = 0.0
        var high = 4 * margin / (coefficients * EncryptionParameters.errorVariance / 2)
        for _ in 0..<100 {
            let third = (high - low) / 3
            if exponent(low + third) < exponent(high - third) { high -= third } else { low += third }
        }
        return 1 + exponent((low + high) / 2) / log(2)
    }

    /// `log2(2^a + 2^b)`.
    private static func either(_ a: Double, _ b: Double) -> Double {
        max(a, b) + log2(1 + exp2(-abs(a - b)))
    }
}
