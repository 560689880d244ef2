import CRingKernels
import RingArithmetic
import Testing

/// The kernels that put integers into coefficients and take them out, each against its plain form.
@Suite struct FieldKernelTests {
    struct Shape: Sendable, CustomTestStringConvertible {
        let primes: Int
        let fields: Int
        let scale: UInt64
        var testDescription: String { "\(primes) primes, \(fields) fields, scale \(scale)" }
    }

    /// Those of the parameter sets, one with wide fields (no limbs), and the most fields that fit.
    static let shapes = [
        Shape(primes: 1, fields: 1, scale: 5796), Shape(primes: 2, fields: 3, scale: 11_591),
        Shape(primes: 2, fields: 2, scale: 9000), Shape(primes: 3, fields: 5, scale: 28_978),
        Shape(primes: 3, fields: 4, scale: 131_072), Shape(primes: 3, fields: 8, scale: 4097),
        Shape(primes: 3, fields: 5, scale: (1 << 28) - 1), Shape(primes: 3, fields: 5, scale: 1 << 28),
    ]

    @Test(arguments: shapes)
    func allFormsAgree(shape: Shape) throws {
        let moduli = PrimeSearch.largest(shape.primes, below: 1 << 47, congruentToOneModulo: 16_384)
        let width = cordon_fields_width(moduli, moduli.count, shape.scale, shape.fields)
        let packing = try #require(
            cordon_fields_create(moduli, moduli.count, shape.scale, width, shape.fields))
        defer { cordon_fields_free(packing) }
        let degree = 1024
        for seed in UInt64(0)..<4 {
            let rows = moduli.enumerated().flatMap { prime, modulus in
                KernelTests.row(degree, modulus, seed: 8 * seed + UInt64(prime), edges: seed == 3)
            }
            var generator = KeyedStream(key: [9], label: "fields", indices: [seed])
            let extreme = Int64(1) << 46 - 1
            // A count that ends within a coefficient, and within a group of eight.
            let count = degree * shape.fields - Int(seed) * 11
            let values = (0..<count).map { index in
                index < 4 ? [extreme, -extreme, 0, -1][index] : Int64.random(in: -extreme...extreme, using: &generator)
            }
            var fast = rows
            cordon_fields_encode(&fast, values, count, degree, packing)
            var plain = rows
            cordon_fields_encode_portable(&plain, values, count, degree, packing)
            #expect(fast == plain)
            #expect(zip(fast.indices, fast).allSatisfy { $1 < moduli[$0 / degree] })

            // Any residues at all, and a count that is no multiple of the lanes.
            for residues in [rows, fast] {
                let decoded = Self.decode(residues, degree - 3, degree, shape, packing, cordon_fields_decode)
                let expected = Self.decode(residues, degree - 3, degree, shape, packing, cordon_fields_decode_portable)
                #expect(decoded == expected)
            }
        }
    }

    private typealias Decoder = (
        UnsafeMutablePointer<Int64>?, UnsafeMutablePointer<Int64>?, UnsafePointer<UnsafePointer<UInt64>?>?, Int,
        OpaquePointer?
    ) -> Void

    private static func decode(
        _ residues: [UInt64], _ count: Int, _ degree: Int, _ shape: Shape, _ packing: OpaquePointer,
        _ decoder: Decoder
    ) -> [Int64] {
        var digits = [Int64](repeating: 0, count: count * shape.fields)
        var noise = [Int64](repeating: 0, count: count)
        residues.withUnsafeBufferPointer { source in
            let rows = (0..<shape.primes).map { prime in source.baseAddress.map { $0 + prime * degree } }
            decoder(&digits, &noise, rows, count, packing)
        }
        return digits + noise
    }

    @Test func integersBeyondTheirBoundAreNotAdmitted() {
        let bound = Int64(1) << 46
        #expect(cordon_fields_admit([0, bound - 1, 1 - bound], 3))
        #expect(!cordon_fields_admit([0, bound], 2) && !cordon_fields_admit([-bound - 1, 0], 2))
        #expect(!cordon_fields_admit([.min], 1) && !cordon_fields_admit([.max], 1))
    }

    @Test func roundingFollowsItsFormula() {
        var generator = KeyedStream(key: [3], label: "rounding")
        let values = (0..<1001).map { index in
            index < 6 ? [0, -0.0, 1, -1, 1e-30, -1e-30][index] : Float.random(in: -1...1, using: &generator)
        }
        var random = [UInt8](repeating: 0, count: 4 * values.count)
        generator.fill(&random)
        let factor = 12_345.678
        let expected = values.indices.map { index in
            let scaled = Double(values[index]) * factor
            let draw = (0..<4).reduce(UInt32(0)) { $0 | UInt32(random[4 * index + $1]) << UInt32(8 * $1) }
            let up = Double(draw) / 0x1p32 < scaled - scaled.rounded(.down)
            return Int64(scaled.rounded(.down)) + (up ? 1 : 0)
        }
        #expect(RealVector.roundedStochastically(values, times: factor, random: random) == expected)
        let norm = values.reduce(0.0) { $0 + Double($1) * Double($1) }
        #expect(abs(RealVector.squaredNorm(values) - norm) < 1e-9 * norm)
    }

    @Test(arguments: [Int64(5), 1 << 31, 1 << 40, 1 << 58])
    func squaresAddUpExactly(size: Int64) {
        var generator = KeyedStream(key: [4], label: "squares")
        let values = [-size, size] + (0..<999).map { _ in Int64.random(in: -size...size, using: &generator) }
        let expected = values.reduce(UInt128(0)) { $0 + UInt128($1.magnitude) * UInt128($1.magnitude) }
        #expect(RealVector.sumOfSquares(values) == expected)
    }

    @Test(arguments: [(15, 2), (23, 3), (31, 4), (47, 8)])
    func integersKeepTheirValueInTheirWidth(bits: Int64, bytes: Int) {
        let size = Int64(1) << bits - 1
        #expect(IntegerWidth(holding: [size]).rawValue == bytes)
        #expect(bytes == 8 || IntegerWidth(holding: [-size - 1]).rawValue > bytes)
        let values = [size, -size, 0, 1, -1, size / 3]
        let width = IntegerWidth(holding: values)
        #expect(width.rawValue == bytes && width == IntegerWidth(magnitudes: UInt64(size)))
        var narrowed = [UInt8](repeating: 0, count: bytes * values.count)
        cordon_narrow(&narrowed, values, values.count, bytes)
        let expected = values.flatMap { value in
            (0..<bytes).map { UInt8(truncatingIfNeeded: value >> Int64(8 * $0)) }
        }
        #expect(narrowed == expected)
    }
}
