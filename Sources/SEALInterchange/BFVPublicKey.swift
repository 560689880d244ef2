package import RingArithmetic

/// The public key `(e − a·s, a)`, in evaluation form modulo all primes.
package struct BFVPublicKey: Sendable {
    package let context: BFVContext
    private let masked: ResidueRows<EvaluationDomain>
    private let uniform: ResidueRows<EvaluationDomain>

    package init(_ secret: BFVSecretKey, using generator: inout some CryptographicGenerator) {
        context = secret.context
        let primes = context.parameters.moduli.count
        var key = BFVContext.key(using: &generator)
        var first = context.binomial(key, "error", primes: primes).evaluated()
        zeroise(&key)
        uniform = ResidueRows(uniformFrom: BFVContext.key(using: &generator), rings: context.rings(primes))
        first -= uniform.multiplied(by: secret.rows)
        masked = first
    }

    /// - Throws: `InterchangeError` when the bytes are not a public key of these parameters.
    package init(serialised bytes: [UInt8], context: BFVContext) throws {
        let pair = try SEALCiphertext(serialised: bytes, parameters: context.parameters)
        guard pair.primes == context.parameters.moduli.count, pair.isEvaluated, pair.polynomials == 2 else {
            throw InterchangeError(.malformed, "a public key is two polynomials in evaluation form modulo all primes")
        }
        let half = pair.words.count / 2
        masked = ResidueRows(words: pair.words[..<half], rings: context.rings(pair.primes))
        uniform = ResidueRows(words: pair.words[half...], rings: context.rings(pair.primes))
        self.context = context
    }

    /// What SEAL's `PublicKey::load` reads.
    package func serialised(compression: SEALCompression = .none, version: SEALVersion = .v43) throws -> [UInt8] {
        try SEALCiphertext(
            parameters: context.parameters, primes: context.parameters.moduli.count, isEvaluated: true,
            words: masked.words + uniform.words
        ).serialised(compression: compression, version: version)
    }

    /// `(b·u + e_0 + ⌊Q·m/t⌉, a·u + e_1)`.
    package func encrypt(_ plaintext: BFVPlaintext, using generator: inout some CryptographicGenerator) -> BFVCiphertext
    {
        let primes = context.parameters.dataPrimes
        var key = BFVContext.key(using: &generator)
        defer { zeroise(&key) }
        let mask = context.binomial(key, "mask", primes: primes).evaluated()
        var first = context.binomial(key, "error 0", primes: primes)
        var second = context.binomial(key, "error 1", primes: primes)
        first += masked.prefix(primes).multiplied(by: mask).interpolated()
        second += uniform.prefix(primes).multiplied(by: mask).interpolated()
        first += context.level(primes).scaled(plaintext, rings: context.rings(primes))
        return BFVCiphertext(context: context, polynomials: [first, second])
    }
}
