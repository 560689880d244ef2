internal import RingArithmetic

/// A BFV ciphertext in coefficients, from a `BFVSecretKey` or a `BFVPublicKey`, computed with as SEAL does.
package struct BFVCiphertext: Sendable {
    package let context: BFVContext
    let polynomials: [ResidueRows<CoefficientDomain>]

    init(context: BFVContext, polynomials: [ResidueRows<CoefficientDomain>]) {
        self.context = context
        self.polynomials = polynomials
    }

    /// - Throws: `InterchangeError` when the bytes are not a ciphertext of these parameters, or one in evaluation form.
    package init(serialised bytes: [UInt8], context: BFVContext) throws {
        let ciphertext = try SEALCiphertext(serialised: bytes, parameters: context.parameters)
        guard !ciphertext.isEvaluated, ciphertext.primes <= context.parameters.dataPrimes else {
            throw InterchangeError(.malformed, "a BFV ciphertext is in coefficients, modulo data primes alone")
        }
        let size = ciphertext.primes * context.parameters.degree
        polynomials = (0..<ciphertext.polynomials).map { index in
            ResidueRows(
                words: ciphertext.words[index * size..<(index + 1) * size], rings: context.rings(ciphertext.primes))
        }
        self.context = context
    }

    /// How many primes it is reduced by.
    package var primes: Int { polynomials[0].rows.count }

    /// What SEAL's `Ciphertext::load` reads.
    package func serialised(compression: SEALCompression = .none, version: SEALVersion = .v43) throws -> [UInt8] {
        try SEALCiphertext(
            parameters: context.parameters, primes: primes, isEvaluated: false, words: polynomials.flatMap(\.words)
        ).serialised(compression: compression, version: version)
    }

    /// The sum of two ciphertexts of one level.
    ///
    /// - Throws: `InterchangeError` when they differ in parameters, level or size.
    package func adding(_ other: BFVCiphertext) throws -> BFVCiphertext {
        try context.require(other.context.parameters, "a ciphertext to add")
        guard other.primes == primes, other.polynomials.count == polynomials.count else {
            throw InterchangeError(
                .malformed, "ciphertexts of one level and size are added; bring both to one level first")
        }
        let sums = zip(polynomials, other.polynomials).map { left, right in
            var sum = left
            sum += right
            return sum
        }
        return BFVCiphertext(context: context, polynomials: sums)
    }

    /// The product with a plaintext, as polynomials modulo `t` (slot by slot when both were batched).
    ///
    /// - Throws: `InterchangeError` for a plaintext of zero, whose product would be transparent: it needs no key.
    package func multiplied(by plaintext: BFVPlaintext) throws -> BFVCiphertext {
        guard plaintext.coefficients.contains(where: { $0 != 0 }) else {
            throw InterchangeError(
                .malformed, "a ciphertext times zero would be zero for all to see; encrypt zero instead")
        }
        let factor = context.level(primes).lifted(plaintext, rings: context.rings(primes)).evaluated()
        return BFVCiphertext(
            context: context,
            polynomials: polynomials.map { $0.evaluated().multiplied(by: factor).interpolated() })
    }
}
