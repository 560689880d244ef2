internal import CRingKernels

/// Real vectors on their way to integers: the same integers on every machine.
package enum RealVector {
    /// `Σ v²` in double precision, eight partial sums side by side in a fixed order.
    package static func squaredNorm(_ values: [Float]) -> Double {
        cordon_squared_norm(values, values.count)
    }

    /// `⌊v·factor⌋`, and one more where a draw of 32 bits is below the rest: unbiased.
    ///
    /// - Parameter random: 4 uniform bytes a value.
    package static func roundedStochastically(_ values: [Float], times factor: Double, random: [UInt8]) -> [Int64] {
        precondition(random.count == 4 * values.count, "rounding takes four random bytes a value")
        return [Int64](unsafeUninitializedCapacity: values.count) { target, initialised in
            if let base = target.baseAddress {
                cordon_round_stochastically(base, values, factor, random, values.count)
            }
            initialised = values.count
        }
    }

    /// `Σ v²` of integers, exactly; fewer than 2^64 of them.
    package static func sumOfSquares(_ values: [Int64]) -> UInt128 {
        var words: [UInt64] = [0, 0]
        cordon_sum_of_squares(&words, values, values.count)
        return UInt128(words[1]) << 64 | UInt128(words[0])
    }
}
