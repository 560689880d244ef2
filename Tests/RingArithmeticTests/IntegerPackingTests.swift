import Foundation
import RingArithmetic
import Testing

@Suite struct IntegerPackingTests {
    static let shapes: [(primes: Int, fields: Int, scale: UInt64)] = [
        (1, 1, 5796), (2, 1, 8196), (2, 3, 11_591), (3, 2, 9000), (3, 5, 28_978),
    ]

    /// Every digit at the ends of its range, with noise at the ends of its own, is read back exactly.
    @Test(arguments: shapes.indices)
    func edgesDecodeExactly(shape: Int) {
        let (primes, fields, scale) = Self.shapes[shape]
        let ring = RingContext(
            degree: 64, moduli: PrimeSearch.largest(primes, below: 1 << 47, congruentToOneModulo: 128))
        let width = IntegerPacking.largestWidth(moduli: ring.moduli, scale: scale, fields: fields)
        let packing = IntegerPacking(ring: ring, fields: fields, scale: scale, width: width)
        let half = Int64(width / 2)
        let edges: [Int64] = [0, 1, -1, half - 2, -half + 1, 12_345, -54_321]
        var generator = KeyedStream(key: [7], label: "packing")
        let values = (0..<64 * fields).map { _ in edges[Int(generator.next() % 7)] }
        let noise = (0..<64).map { index in
            [0, Int64(scale / 2) - 1, -Int64(scale / 2) + 1, 3][index % 4]
        }
        var polynomial = Polynomial<CoefficientDomain>(ring: ring)
        packing.add(values[...], to: &polynomial)
        for (prime, modulus) in ring.moduli.enumerated() {
            polynomial[prime] = zip(polynomial[prime], noise).map { residue, error in
                (residue + UInt64(error + Int64(modulus))) % modulus
            }
        }
        let decoded = packing.decode(polynomial)
        #expect(decoded.digits == values)
        #expect(decoded.noise == noise)
    }

    @Test func valuesBeyondTheEndAreZero() {
        let ring = RingContext(degree: 64, moduli: PrimeSearch.largest(2, below: 1 << 47, congruentToOneModulo: 128))
        let packing = IntegerPacking(ring: ring, fields: 3, scale: 11_591, width: 1 << 26)
        var polynomial = Polynomial<CoefficientDomain>(ring: ring)
        packing.add([5, -6, 7, 8], to: &polynomial)
        let expected = [5, -6, 7, 8] + [Int64](repeating: 0, count: 188)
        #expect(packing.decode(polynomial).digits == expected)
    }

    /// `W^F·Δ ≤ Q < (W + 1)^F·Δ`, by logarithms, for every number of fields.
    @Test(arguments: 1...3, 1...16)
    func theLargestWidthIsARoot(primes: Int, fields: Int) {
        let moduli = PrimeSearch.largest(primes, below: 1 << 47, congruentToOneModulo: 16_384)
        let width = IntegerPacking.largestWidth(moduli: moduli, scale: 8606, fields: fields)
        let room = moduli.reduce(0) { $0 + log2(Double($1)) } - log2(8606)
        let taken = { (width: UInt64) in Double(fields) * log2(Double(width)) }
        #expect(taken(width) <= room + 1e-9)
        #expect(taken(width + 1) > room - 1e-9 || width == 1 << 40)
    }
}
