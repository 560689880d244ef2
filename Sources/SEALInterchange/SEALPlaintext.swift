internal import RingArithmetic

/// A plaintext of SEAL. A secret key is one too: in evaluation form, modulo all primes.
package struct SEALPlaintext: Sendable, Hashable {
    package let parameters: SEALParameters
    /// How many primes it is reduced by, in evaluation form; zero for coefficients modulo `t`.
    package let primes: Int
    /// The scale of CKKS; 1 in BFV and in keys.
    package let scale: Double
    /// Coefficients, lowest first, or rows of N values a prime.
    package private(set) var words: [UInt64]

    /// - Throws: `InterchangeError` when the words do not fit the parameters.
    package init(parameters: SEALParameters, primes: Int, scale: Double = 1, words: [UInt64]) throws {
        guard (0...parameters.moduli.count).contains(primes), scale.isFinite, scale > 0 else {
            throw InterchangeError(.malformed, "a plaintext has \(primes) primes and scale \(scale)")
        }
        if primes == 0 {
            guard parameters.scheme == .bfv, words.count <= parameters.degree,
                words.allSatisfy({ $0 < parameters.plainModulus })
            else {
                throw InterchangeError(
                    .malformed, "a BFV plaintext has at most N coefficients below t; CKKS has none in this form")
            }
        } else {
            guard words.count == primes * parameters.degree else {
                throw InterchangeError(.malformed, "a plaintext has \(words.count) words for \(primes) primes")
            }
            try SEALWords.check(words, degree: parameters.degree, moduli: parameters.moduli.prefix(primes))
        }
        self.parameters = parameters
        self.primes = primes
        self.scale = scale
        self.words = words
    }

    /// Reads what SEAL's `Plaintext::save` or `SecretKey::save` wrote.
    ///
    /// - Throws: `InterchangeError`.
    package init(serialised bytes: [UInt8], parameters: SEALParameters) throws {
        let limit = parameters.degree * parameters.moduli.count
        var body = try SEALEnvelope.unwrap(bytes, limit: 8 * limit + 256)
        defer { zeroise(&body) }
        var reader = ByteReader(body)
        let identifier = Array(try reader.bytes(32))
        let count = try reader.word(in: 0...limit, what: "the number of coefficients")
        let scale = Double(bitPattern: try reader.word())
        var words = try SEALWords.read(from: &reader, limit: limit)
        defer { zeroise(&words) }
        try reader.end()
        let isInCoefficients = identifier.allSatisfy { $0 == 0 }
        guard let primes = isInCoefficients ? 0 : parameters.primes(ofLevel: identifier) else {
            throw InterchangeError(.otherParameters, "a plaintext belongs to other parameters")
        }
        guard words.count == count else {
            throw InterchangeError(.malformed, "a plaintext says \(count) coefficients and holds \(words.count)")
        }
        try self.init(parameters: parameters, primes: primes, scale: scale, words: words)
    }

    /// The bytes of SEAL's `Plaintext::save`; those of a secret key are the caller's to erase.
    package func serialised(compression: SEALCompression = .none, version: SEALVersion = .v43) throws -> [UInt8] {
        var writer = ByteWriter()
        writer.append(primes == 0 ? [UInt8](repeating: 0, count: 32) : parameters.identifier(primes: primes))
        writer.append([UInt64(words.count), scale.bitPattern])
        try SEALWords.append(words, to: &writer, version: version)
        return try SEALEnvelope.wrap(writer.bytes, compression: compression, version: version)
    }

    /// Overwrites the words.
    package mutating func erase() {
        zeroise(&words)
    }
}

extension SEALPlaintext: CustomStringConvertible {
    package var description: String { "a plaintext of \(words.count) words" }
}
