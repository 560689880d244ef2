package import RingArithmetic

/// The secret key `s`, in evaluation form modulo all primes. Its storage is zeroised at the end of its life.
package struct BFVSecretKey: Sendable {
    package let context: BFVContext
    let rows: ResidueRows<EvaluationDomain>

    /// A fresh key, centred binomial.
    package init(context: BFVContext, using generator: inout some CryptographicGenerator) {
        var key = BFVContext.key(using: &generator)
        rows = context.binomial(key, "secret", primes: context.parameters.moduli.count).evaluated()
        zeroise(&key)
        self.context = context
    }

    /// - Throws: `InterchangeError` when the bytes are not a secret key of these parameters.
    package init(serialised bytes: [UInt8], context: BFVContext) throws {
        var plaintext = try SEALPlaintext(serialised: bytes, parameters: context.parameters)
        defer { plaintext.erase() }
        guard plaintext.primes == context.parameters.moduli.count else {
            throw InterchangeError(.malformed, "a secret key is in evaluation form modulo all primes")
        }
        rows = ResidueRows(words: plaintext.words[...], rings: context.rings(plaintext.primes))
        self.context = context
    }

    /// What SEAL's `SecretKey::load` reads; the caller erases it.
    package func serialised(compression: SEALCompression = .none, version: SEALVersion = .v43) throws -> [UInt8] {
        var plaintext = try SEALPlaintext(
            parameters: context.parameters, primes: context.parameters.moduli.count, words: rows.words)
        defer { plaintext.erase() }
        return try plaintext.serialised(compression: compression, version: version)
    }

    /// `(⌊Q·m/t⌉ + e − a·s, a)`.
    package func encrypt(_ plaintext: BFVPlaintext, using generator: inout some CryptographicGenerator) -> BFVCiphertext
    {
        let primes = context.parameters.dataPrimes
        var key = BFVContext.key(using: &generator)
        var first = context.binomial(key, "error", primes: primes)
        zeroise(&key)
        // Another key: the uniform polynomial is published, its stream must say nothing about the error's.
        let uniform = ResidueRows(uniformFrom: BFVContext.key(using: &generator), rings: context.rings(primes))
        first -= uniform.multiplied(by: rows).interpolated()
        first += context.level(primes).scaled(plaintext, rings: context.rings(primes))
        return BFVCiphertext(context: context, polynomials: [first, uniform.interpolated()])
    }

    /// `⌊t·(c_0 + c_1·s + c_2·s² + …)/Q⌉ mod t`.
    ///
    /// - Throws: `InterchangeError` when the ciphertext belongs to other parameters.
    package func decrypt(_ ciphertext: BFVCiphertext) throws -> BFVPlaintext {
        try context.require(ciphertext.context.parameters, "a ciphertext")
        let secret = rows.prefix(ciphertext.primes)
        var phase = ResidueRows<EvaluationDomain>(rings: context.rings(ciphertext.primes))
        for polynomial in ciphertext.polynomials.reversed() {
            phase = phase.multiplied(by: secret)
            phase += polynomial.evaluated()
        }
        return context.level(ciphertext.primes).rounded(phase.interpolated())
    }
}
