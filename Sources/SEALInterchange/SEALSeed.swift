internal import CSEALCoding

/// The seed that stands for the uniform polynomial of a seeded ciphertext.
///
/// Stream: BLAKE2Xb in buffers of 4096 bytes, keyed by the seed, over a counter. Residues: words below the greatest
/// multiple of the prime, reduced; the stream's next word replaces one above. Source: SEAL 4.x, randomgen.cpp and
/// util/rlwe.cpp (`sample_poly_uniform`).
struct SEALSeed {
    private static let bufferBytes = 4096
    private static let blake2xb: UInt8 = 1
    private let seed: [UInt8]

    /// Reads SEAL's `UniformRandomGeneratorInfo`.
    init(from reader: inout ByteReader) throws {
        var inner = ByteReader(try SEALEnvelope.unwrap(from: &reader, limit: 65))
        let kind = try inner.byte()
        guard kind == Self.blake2xb else {
            throw InterchangeError(
                .unsupportedSeed,
                "a seeded ciphertext draws from generator \(kind), not BLAKE2Xb (1): save it again without its seed")
        }
        seed = Array(try inner.bytes(64))
        try inner.end()
    }

    /// Rows of N residues, one a prime.
    func polynomial(degree: Int, moduli: [UInt64]) -> [UInt64] {
        var counter: UInt64 = 0
        var buffer: [UInt8] = []
        var position = 0
        func next() -> UInt64 {
            if position == buffer.count {
                buffer = [UInt8](repeating: 0, count: Self.bufferBytes)
                let status = cordon_blake2xb(&buffer, UInt32(Self.bufferBytes), counter, seed)
                precondition(status == Int32(CORDON_CODING_OK), "BLAKE2Xb takes every counter and seed")
                counter += 1
                position = 0
            }
            defer { position += 8 }
            return UInt64(
                littleEndian: buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: UInt64.self) })
        }
        // SEAL first fills the whole polynomial, and only then draws again for the words that it rejects.
        var words = (0..<degree * moduli.count).map { _ in next() }
        for index in words.indices {
            let modulus = moduli[index / degree]
            let bound = UInt64.max - UInt64.max % modulus - 1
            while words[index] >= bound {
                words[index] = next()
            }
            words[index] %= modulus
        }
        return words
    }
}
