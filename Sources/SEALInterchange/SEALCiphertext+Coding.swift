extension SEALCiphertext {
    /// Reads what SEAL's `Ciphertext::save` or `PublicKey::save` wrote, the seeded form included: its second polynomial
    /// is expanded from the seed.
    ///
    /// - Throws: `InterchangeError`.
    package init(serialised bytes: [UInt8], parameters: SEALParameters) throws {
        let largest = Self.polynomialsMax * parameters.moduli.count * parameters.degree
        var reader = ByteReader(try SEALEnvelope.unwrap(bytes, limit: 8 * largest + 256))
        let identifier = Array(try reader.bytes(32))
        guard let primes = parameters.primes(ofLevel: identifier) else {
            throw InterchangeError(.otherParameters, "a ciphertext belongs to other parameters")
        }
        let form = try reader.byte()
        guard form <= 1 else {
            throw InterchangeError(.malformed, "the form of a ciphertext is \(form), neither coefficients nor values")
        }
        let polynomials = try reader.word(in: 2...Self.polynomialsMax, what: "the number of polynomials")
        let degree = parameters.degree
        _ = try reader.word(in: degree...degree, what: "the ring degree")
        _ = try reader.word(in: primes...primes, what: "the number of primes")
        let scale = Double(bitPattern: try reader.word())
        _ = try reader.word(in: 1...1, what: "the correction factor of BFV and CKKS")
        let size = polynomials * primes * degree
        var words = try SEALWords.read(from: &reader, limit: size)
        if polynomials == 2, words.count == size / 2 {
            let moduli = Array(parameters.moduli.prefix(primes))
            words += try SEALSeed(from: &reader).polynomial(degree: degree, moduli: moduli)
        }
        try reader.end()
        guard words.count == size else {
            throw InterchangeError(
                .malformed, "a ciphertext says \(polynomials) polynomials and holds \(words.count) words")
        }
        try self.init(parameters: parameters, primes: primes, isEvaluated: form == 1, scale: scale, words: words)
    }

    /// The bytes of SEAL's `Ciphertext::save`.
    package func serialised(compression: SEALCompression = .none, version: SEALVersion = .v43) throws -> [UInt8] {
        var writer = ByteWriter()
        writer.append(parameters.identifier(primes: primes))
        writer.append(UInt8(isEvaluated ? 1 : 0))
        writer.append([UInt64(polynomials), UInt64(parameters.degree), UInt64(primes), scale.bitPattern, 1])
        try SEALWords.append(words, to: &writer, version: version)
        return try SEALEnvelope.wrap(writer.bytes, compression: compression, version: version)
    }
}
