/// A ciphertext of SEAL. A public key is one too: two polynomials in evaluation form, modulo all primes.
package struct SEALCiphertext: Sendable, Hashable {
    /// SEAL's own bound.
    package static let polynomialsMax = 16

    package let parameters: SEALParameters
    /// How many primes it is reduced by.
    package let primes: Int
    package let polynomials: Int
    package let isEvaluated: Bool
    /// The scale of CKKS; 1 in BFV.
    package let scale: Double
    /// Polynomial by polynomial, prime by prime, N words each.
    package let words: [UInt64]

    /// - Throws: `InterchangeError` when the words do not fit the parameters.
    package init(
        parameters: SEALParameters, primes: Int, isEvaluated: Bool, scale: Double = 1, words: [UInt64]
    ) throws {
        guard (1...parameters.moduli.count).contains(primes), scale.isFinite, scale > 0 else {
            throw InterchangeError(.malformed, "a ciphertext has \(primes) primes and scale \(scale)")
        }
        let row = primes * parameters.degree
        guard words.count % row == 0, (2...Self.polynomialsMax).contains(words.count / row) else {
            throw InterchangeError(
                .malformed, "a ciphertext has \(words.count) words, not 2 to \(Self.polynomialsMax) times \(row)")
        }
        try SEALWords.check(words, degree: parameters.degree, moduli: parameters.moduli.prefix(primes))
        self.parameters = parameters
        self.primes = primes
        polynomials = words.count / row
        self.isEvaluated = isEvaluated
        self.scale = scale
        self.words = words
    }
}
