package import RingArithmetic

/// The secret polynomial `s` of one contribution, centred binomial, in evaluation domain.
package struct OneTimeKey: Sendable {
    package let polynomial: Polynomial<EvaluationDomain>

    package init(secret: UpdateSecret, parameters: EncryptionParameters) {
        var coefficients = Polynomial<CoefficientDomain>(ring: parameters.ring)
        coefficients.addCentredBinomial(secret.stream("key"))
        polynomial = coefficients.evaluated()
    }

    /// `c = a·s + e + Δ·m + extra` for one block; `extra` is zero but for a cheat in a simulation.
    package func encrypt(
        _ values: ArraySlice<Int64>, with publicPolynomial: Polynomial<EvaluationDomain>, packing: IntegerPacking,
        errorStream: KeyedStream, extra: Polynomial<CoefficientDomain>? = nil
    ) -> Polynomial<CoefficientDomain> {
        var ciphertext = publicPolynomial.multiplied(by: polynomial).interpolated()
        ciphertext.addCentredBinomial(errorStream)
        packing.add(values, to: &ciphertext)
        if let extra {
            ciphertext += extra
        }
        return ciphertext
    }
}
