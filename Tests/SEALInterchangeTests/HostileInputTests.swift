import RingArithmetic
import SEALInterchange
import Testing

/// Bytes that nobody vouches for end in a value or in an `InterchangeError`, never in a trap.
@Suite("SEALInterchange: hostile input")
struct HostileInputTests {
    private func parse(_ bytes: [UInt8], _ parameters: SEALParameters, _ kind: Int) throws {
        switch kind {
        case 0: _ = try SEALParameters(serialised: bytes)
        case 1: _ = try SEALPlaintext(serialised: bytes, parameters: parameters)
        default: _ = try SEALCiphertext(serialised: bytes, parameters: parameters)
        }
    }

    /// Small objects, one of each kind.
    private func objects(_ compression: SEALCompression) throws -> (SEALParameters, [[UInt8]]) {
        let moduli = PrimeSearch.largest(1, below: 1 << 30, congruentToOneModulo: 2048)
        let parameters = try SEALParameters(scheme: .bfv, degree: 1024, moduli: moduli, plainModulus: 12289)
        let plaintext = try SEALPlaintext(parameters: parameters, primes: 0, words: (0..<20).map { $0 * 601 })
        let words = (0..<2048).map { UInt64($0) * 524_287 % moduli[0] }
        let ciphertext = try SEALCiphertext(parameters: parameters, primes: 1, isEvaluated: false, words: words)
        return (
            parameters,
            [
                try parameters.serialised(compression: compression),
                try plaintext.serialised(compression: compression),
                try ciphertext.serialised(compression: compression),
            ]
        )
    }

    @Test(arguments: SEALCompression.allCases)
    func truncationAtEveryByteIsRefused(compression: SEALCompression) throws {
        let (parameters, objects) = try objects(compression)
        for (kind, bytes) in objects.enumerated() {
            try parse(bytes, parameters, kind)
            for length in 0..<bytes.count {
                #expect(throws: InterchangeError.self, "kind \(kind), \(length) bytes") {
                    try parse(Array(bytes.prefix(length)), parameters, kind)
                }
                // The same with a header that admits to the shorter length.
                guard length >= 16 else { continue }
                var honest = Array(bytes.prefix(length))
                for byte in 0..<8 { honest[8 + byte] = UInt8(truncatingIfNeeded: length >> (8 * byte)) }
                #expect(throws: InterchangeError.self, "kind \(kind), \(length) bytes, header mended") {
                    try parse(honest, parameters, kind)
                }
            }
            #expect(throws: InterchangeError.self) { try parse(bytes + [0], parameters, kind) }
        }
    }

    @Test(arguments: SEALCompression.allCases)
    func flippedBitsNeverTrap(compression: SEALCompression) throws {
        let (parameters, objects) = try objects(compression)
        var generator = KeyedStream(key: [5], label: "flips")
        for (kind, bytes) in objects.enumerated() {
            var refused = 0
            for attempt in 0..<2000 {
                var altered = bytes
                let reach = attempt % 2 == 0 ? min(bytes.count, 200) : bytes.count
                for _ in 0...attempt % 3 {
                    altered[Int.random(in: 0..<reach, using: &generator)] ^=
                        1 << UInt8.random(in: 0..<8, using: &generator)
                }
                do {
                    try parse(altered, parameters, kind)
                } catch is InterchangeError {
                    refused += 1
                }
            }
            #expect(refused > 500, "kind \(kind): flips were hardly noticed")
        }
    }

    @Test(arguments: [SEALCompression.zlib, .zstandard])
    func bombsAreRefused(compression: SEALCompression) throws {
        // A ciphertext of larger parameters, all zeros, compresses to almost nothing.
        let (parameters, _) = try objects(.none)
        let moduli = PrimeSearch.largest(4, below: 1 << 30, congruentToOneModulo: 65536)
        let large = try SEALParameters(scheme: .bfv, degree: 32768, moduli: moduli, plainModulus: 12289)
        let zeros = [UInt64](repeating: 0, count: 2 * 4 * 32768)
        let bomb = try SEALCiphertext(parameters: large, primes: 4, isEvaluated: false, words: zeros)
            .serialised(compression: compression)
        #expect(bomb.count < 10_000)
        for kind in 0...2 {
            let error = #expect(throws: InterchangeError.self) { try parse(bomb, parameters, kind) }
            #expect(error?.code == .tooLarge)
        }
    }

    @Test func otherVersionsAndParametersAreNamed() throws {
        let (parameters, objects) = try objects(.none)
        func code(_ kind: Int, _ change: (inout [UInt8]) -> Void) -> InterchangeError.Code? {
            var altered = objects[kind]
            change(&altered)
            return #expect(throws: InterchangeError.self) { try parse(altered, parameters, kind) }?.code
        }
        #expect(code(1) { $0[0] = 0 } == .notSEAL)
        #expect(code(1) { $0[3] = 3 } == .unsupportedVersion)
        #expect(code(1) { $0[4] = 2 } == .unsupportedVersion)
        #expect(code(1) { $0[5] = 9 } == .compression)
        #expect(code(2) { $0[20] ^= 1 } == .otherParameters)
        #expect(code(2) { $0[120] = 0xFF } == .malformed)
    }
}
