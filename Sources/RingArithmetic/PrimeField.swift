internal import CRingKernels

/// Arithmetic modulo one prime below 2^63, for the few scalars outside the kernels.
package struct PrimeField: Sendable, Hashable {
    package let modulus: UInt64

    package init(modulus: UInt64) {
        precondition(modulus > 1 && modulus < 1 << 63, "a modulus lies between 2 and 2^63")
        self.modulus = modulus
    }

    package func add(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let sum = left + right
        return sum >= modulus ? sum - modulus : sum
    }

    package func subtract(_ left: UInt64, _ right: UInt64) -> UInt64 {
        left >= right ? left - right : left + modulus - right
    }

    package func multiply(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return modulus.dividingFullWidth((product.high % modulus, product.low)).remainder
    }

    package func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
        var result: UInt64 = 1
        var square = base % modulus
        var left = exponent
        while left > 0 {
            if left & 1 == 1 {
                result = multiply(result, square)
            }
            square = multiply(square, square)
            left >>= 1
        }
        return result
    }

    /// The inverse of a value that is not zero (Fermat).
    package func inverse(_ value: UInt64) -> UInt64 {
        precondition(value % modulus != 0, "zero has no inverse")
        return power(value, modulus - 2)
    }

    /// Adds `scalar·other` to a row of residues; for moduli between 2^46 and 2^47.
    package func add(_ other: [UInt64], times scalar: UInt64, to row: inout [UInt64]) {
        precondition(row.count == other.count && modulus >> 46 == 1 && scalar < modulus, "rows of one length and field")
        cordon_scale_accumulate(&row, other, scalar, row.count, modulus)
    }

    /// The weights `λ_i` with `f(point) = Σ λ_i·f(points[i])` for every polynomial of degree below `points.count`.
    ///
    /// The points are distinct and below the modulus.
    package func lagrangeWeights(at point: UInt64, from points: [UInt64]) -> [UInt64] {
        points.map { own in
            var numerator: UInt64 = 1
            var denominator: UInt64 = 1
            for other in points where other != own {
                numerator = multiply(numerator, subtract(point, other))
                denominator = multiply(denominator, subtract(own, other))
            }
            return multiply(numerator, inverse(denominator))
        }
    }
}
