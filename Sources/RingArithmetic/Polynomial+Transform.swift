internal import CRingKernels

extension Polynomial where Domain == CoefficientDomain {
    /// The values at the roots.
    package consuming func evaluated() -> Polynomial<EvaluationDomain> {
        let transforms = ring.transforms
        var result = reinterpreted(as: EvaluationDomain.self)
        result.forEachRow { prime, row, _, _ in transforms[prime].forward(row) }
        return result
    }
}

extension Polynomial where Domain == EvaluationDomain {
    /// The coefficients.
    package consuming func interpolated() -> Polynomial<CoefficientDomain> {
        let transforms = ring.transforms
        var result = reinterpreted(as: CoefficientDomain.self)
        result.forEachRow { prime, row, _, _ in transforms[prime].inverse(row) }
        return result
    }

    /// The product in the ring.
    package func multiplied(by other: Self) -> Self {
        var result = Self(ring: ring)
        result.forEachRow { cordon_multiply($1, row($0), other.row($0), $2, $3) }
        return result
    }

    /// Adds `left·right`.
    package mutating func add(productOf left: Self, and right: Self) {
        forEachRow { cordon_multiply_accumulate($1, left.row($0), right.row($0), $2, $3) }
    }

    /// The coefficients 0 and N/2 of the product, a prime, for the price of one dot product.
    ///
    /// Coefficient `p` is `N^-1·Σ_i x_i·ψ^(-p·(2·bitreverse(i)+1))`. With `ψ^(N/2) = I`, `I² = -1`, the factor for `p =
    /// N/2` is `-I` in the first half of the order, where `bitreverse(i)` is even, and `I` in the second.
    package func twoCoefficients(ofProductWith other: Self) -> [(constant: UInt64, middle: UInt64)] {
        let half = ring.degree / 2
        return ring.transforms.enumerated().map { prime, transform in
            let field = PrimeField(modulus: transform.modulus)
            let even = cordon_dot(row(prime), other.row(prime), half, transform.modulus)
            let odd = cordon_dot(row(prime) + half, other.row(prime) + half, half, transform.modulus)
            return (
                field.multiply(field.add(even, odd), transform.constantFactor),
                field.multiply(field.subtract(even, odd), transform.middleFactor)
            )
        }
    }
}
