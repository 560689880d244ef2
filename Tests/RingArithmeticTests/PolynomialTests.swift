import RingArithmetic
import Testing

@Suite struct PolynomialTests {
    private static let ring = RingContext(
        degree: 256, moduli: PrimeSearch.largest(2, below: 1 << 47, congruentToOneModulo: 512))

    private func random(_ seed: UInt64) -> Polynomial<CoefficientDomain> {
        Polynomial(
            secretStream: { KeyedStream(key: [2], label: "polynomials", indices: [seed, UInt64($0)]) }, ring: Self.ring)
    }

    private func naiveProduct(_ left: [UInt64], _ right: [UInt64], _ field: PrimeField) -> [UInt64] {
        var result = [UInt64](repeating: 0, count: left.count)
        for (i, a) in left.enumerated() {
            for (j, b) in right.enumerated() {
                let product = field.multiply(a, b)
                let at = (i + j) % left.count
                result[at] = i + j < left.count ? field.add(result[at], product) : field.subtract(result[at], product)
            }
        }
        return result
    }

    @Test func theTransformMultipliesNegacyclically() {
        let left = random(1)
        let right = random(2)
        let product = left.evaluated().multiplied(by: right.evaluated())
        let pairs = left.evaluated().twoCoefficients(ofProductWith: right.evaluated())
        let coefficients = product.interpolated()
        for (prime, modulus) in Self.ring.moduli.enumerated() {
            let expected = naiveProduct(left[prime], right[prime], PrimeField(modulus: modulus))
            #expect(coefficients[prime] == expected)
            #expect(pairs[prime].constant == expected[0])
            #expect(pairs[prime].middle == expected[128])
        }
    }

    @Test func copiesAreIndependent() {
        let original = random(3)
        var copy = original
        copy += random(4)
        #expect(!copy.equals(original))
        copy -= random(4)
        #expect(copy.equals(original))
    }

    @Test func packedPolynomialsRoundTrip() throws {
        let polynomial = random(5)
        let bytes = polynomial.packed()
        let read = try #require(Polynomial<CoefficientDomain>(packed: bytes, ring: Self.ring))
        #expect(read.equals(polynomial))
        #expect(Polynomial<CoefficientDomain>(packed: bytes + [0], ring: Self.ring) == nil)
        let full = [UInt8](repeating: 255, count: bytes.count)
        #expect(Polynomial<CoefficientDomain>(packed: full, ring: Self.ring) == nil)
    }

    @Test func ternaryProductsEqualThoseOfTheRing() {
        var stream = KeyedStream(key: [3], label: "ternary")
        let ternary = TernaryPolynomial(degree: 256, stream: &stream)
        let vector = random(6)
        for (prime, modulus) in Self.ring.moduli.enumerated() {
            let product = naiveProduct(
                ternary.polynomial(ring: Self.ring)[prime], vector[prime], PrimeField(modulus: modulus))
            let pair = ternary.products(with: LimbVector(vector, prime: prime))
            let reduce = { (value: Int64) in UInt64((value % Int64(modulus) + Int64(modulus)) % Int64(modulus)) }
            #expect(reduce(pair.constant) == product[0])
            #expect(reduce(pair.middle) == product[128])
        }
    }

    /// Frequencies of 65,536 coefficients within six standard deviations: a false alarm in 1e8 runs.
    @Test func ternaryCoefficientsAreZeroHalfTheTime() {
        var stream = KeyedStream(key: [4], label: "ternary")
        let ternary = TernaryPolynomial(degree: 65_536, stream: &stream).coefficients
        for (value, share) in [(Int8(0), 0.5), (1, 0.25), (-1, 0.25)] {
            let count = Double(ternary.count { $0 == value })
            #expect(abs(count - 65_536 * share) < 6 * (65_536 * share * (1 - share)).squareRoot())
        }
    }

    @Test(arguments: [1, 2, 3])
    func integersSplitIntoLimbsExactly(limbs: Int) {
        let largest = [Int64](arrayLiteral: 32_767, (1 << 31) - 65_537, (1 << 47) - (1 << 33))[limbs - 1]
        #expect(LimbVector.limbs(for: largest.magnitude) == limbs)
        var values = [Int64](repeating: 0, count: 64)
        values.replaceSubrange(0..<4, with: [largest, -largest, 1, -1])
        var coefficients = [Int8](repeating: 0, count: 64)
        for index in 0..<4 {
            let vector = LimbVector(values, offset: index, stride: 1, count: 64, limbCount: limbs)
            coefficients[0] = 1
            #expect(TernaryPolynomial(coefficients: coefficients).products(with: vector).constant == values[index])
        }
    }
}
