extension SEALParameters {
    /// Header and at most sixty moduli.
    private static let bodyLimit = 4096

    /// Reads what SEAL's `EncryptionParameters::save` wrote.
    ///
    /// - Throws: `InterchangeError`.
    package init(serialised bytes: [UInt8]) throws {
        var reader = ByteReader(try SEALEnvelope.unwrap(bytes, limit: Self.bodyLimit))
        let number = try reader.byte()
        guard let scheme = SEALScheme(rawValue: number) else {
            throw InterchangeError(.unsupportedParameters, "scheme \(number) is neither BFV (1) nor CKKS (2)")
        }
        let degree = try reader.word(in: 1024...32768, what: "the ring degree")
        let count = try reader.word(in: 1...60, what: "the number of moduli")
        let moduli = try (0..<count).map { _ in try Self.modulus(from: &reader) }
        let plainModulus = try Self.modulus(from: &reader)
        try reader.end()
        try self.init(scheme: scheme, degree: degree, moduli: moduli, plainModulus: plainModulus)
    }

    /// The bytes of SEAL's `EncryptionParameters::save`.
    package func serialised(compression: SEALCompression = .none, version: SEALVersion = .v43) throws -> [UInt8] {
        var writer = ByteWriter()
        writer.append(scheme.rawValue)
        writer.append([UInt64(degree), UInt64(moduli.count)])
        for modulus in moduli + [plainModulus] {
            var word = ByteWriter()
            word.append(modulus)
            writer.append(try SEALEnvelope.wrap(word.bytes, compression: .none, version: version))
        }
        return try SEALEnvelope.wrap(writer.bytes, compression: compression, version: version)
    }

    private static func modulus(from reader: inout ByteReader) throws -> UInt64 {
        var inner = ByteReader(try SEALEnvelope.unwrap(from: &reader, limit: 8))
        let modulus = try inner.word()
        try inner.end()
        return modulus
    }
}
