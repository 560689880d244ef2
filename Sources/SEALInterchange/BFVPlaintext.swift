/// N coefficients modulo `t`; `BatchEncoder` makes them of N integers in slots.
package struct BFVPlaintext: Sendable, Hashable {
    /// Lowest first.
    package let coefficients: [UInt64]

    init(checked coefficients: [UInt64]) {
        self.coefficients = coefficients
    }

    /// From at most N coefficients below `t`; missing ones are zero.
    ///
    /// - Throws: `InterchangeError`.
    package init(coefficients: [UInt64], parameters: SEALParameters) throws {
        let checked = try SEALPlaintext(parameters: parameters, primes: 0, words: coefficients)
        try self.init(checked)
    }

    /// - Throws: `InterchangeError` when it is in evaluation form.
    package init(_ plaintext: SEALPlaintext) throws {
        guard plaintext.primes == 0 else {
            throw InterchangeError(.malformed, "a BFV plaintext was given in evaluation form; save its coefficients")
        }
        let missing = plaintext.parameters.degree - plaintext.words.count
        coefficients = plaintext.words + [UInt64](repeating: 0, count: missing)
    }

    /// The form that travels.
    ///
    /// - Throws: `InterchangeError` when the plaintext belongs to other parameters.
    package func exported(parameters: SEALParameters) throws -> SEALPlaintext {
        try SEALPlaintext(parameters: parameters, primes: 0, words: coefficients)
    }
}
