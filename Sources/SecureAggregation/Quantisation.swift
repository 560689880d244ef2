package import RingArithmetic

/// The grid that updates are rounded to: one part in a thousand below `clipNorm / B`, room for the rounding itself.
enum QuantisationGrid {
    static let margin = 0.001

    static func step(clipNorm: Double, normBound: Int64) -> Double {
        precondition(clipNorm > 0 && clipNorm.isFinite && normBound > 0, "norms are positive")
        return clipNorm / (Double(normBound) * (1 - margin))
    }
}

/// Integers for an update, with L2 norm at most `normBound`: unbiased stochastic rounding on the grid of step
/// `clipNorm / (0.999·B)`.
///
/// An update longer than `clipNorm` is first scaled to it. Rounding is drawn again, up to eight times, while the
/// integers' norm exceeds the bound, and finally done towards zero, which never exceeds it. Values are finite.
package func quantise(
    _ update: [Float], clipNorm: Double, normBound: Int64, using generator: inout some CryptographicGenerator
) -> [Int64] {
    let norm = RealVector.squaredNorm(update).squareRoot()
    precondition(norm.isFinite, "an update has finite values")
    let step = QuantisationGrid.step(clipNorm: clipNorm, normBound: normBound)
    let factor = (norm > clipNorm ? clipNorm / norm : 1) / step
    let bound = UInt128(normBound.magnitude) * UInt128(normBound.magnitude)
    var bytes = [UInt8](repeating: 0, count: 4 * update.count)
    for _ in 0..<8 {
        generator.fill(&bytes)
        let integers = RealVector.roundedStochastically(update, times: factor, random: bytes)
        if IntegerNorm.squared(integers) <= bound {
            return integers
        }
    }
    return update.map { Int64((Double($0) * factor).rounded(.towardZero)) }
}

/// The sum's values on the grid, divided by `divisor` (the number of contributions, for a mean).
package func dequantise(_ sum: [Int64], clipNorm: Double, normBound: Int64, divisor: Double) -> [Float] {
    let step = QuantisationGrid.step(clipNorm: clipNorm, normBound: normBound) / divisor
    return sum.map { Float(Double($0) * step) }
}

/// Adds what `dequantise` gives to `model[start...]`; integers behind the model's end are padding.
package func addDequantised(
    _ integers: [Int64], to model: inout [Float], from start: Int, clipNorm: Double, normBound: Int64, divisor: Double
) {
    let step = QuantisationGrid.step(clipNorm: clipNorm, normBound: normBound) / divisor
    for (index, integer) in zip(model.indices.dropFirst(start), integers) {
        model[index] += Float(Double(integer) * step)
    }
}
