internal import RingArithmetic

/// SEAL's array of words (`DynArray`): header, count, words.
enum SEALWords {
    static func append(_ words: [UInt64], to writer: inout ByteWriter, version: SEALVersion) throws {
        var body = ByteWriter()
        body.append(UInt64(words.count))
        body.append(words)
        writer.append(try SEALEnvelope.wrap(body.bytes, compression: .none, version: version))
    }

    /// At most `limit` words.
    static func read(from reader: inout ByteReader, limit: Int) throws -> [UInt64] {
        var inner = ByteReader(try SEALEnvelope.unwrap(from: &reader, limit: 8 * (limit + 1)))
        let count = try inner.word(in: 0...limit, what: "the number of words")
        let words = try inner.words(count)
        try inner.end()
        return words
    }

    /// - Throws: `InterchangeError` when a residue is not below its modulus; rows of N, moduli in turn.
    static func check(_ words: [UInt64], degree: Int, moduli: ArraySlice<UInt64>) throws {
        let moduli = Array(moduli)
        for start in stride(from: 0, to: words.count, by: degree) {
            let modulus = moduli[start / degree % moduli.count]
            guard words[start..<start + degree].allSatisfy({ $0 < modulus }) else {
                throw InterchangeError(.malformed, "row \(start / degree) holds a residue that is not below its prime")
            }
        }
    }
}
