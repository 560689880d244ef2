import RingArithmetic
import Testing

@Suite struct PrimeFieldTests {
    /// The primes that Tests/Vectors/stream_vectors.py finds with Python's integers; SEAL creates the same.
    @Test func thePrimesOfTheRingsAreFixed() {
        #expect(PrimeSearch.largest(1, below: 1 << 47, congruentToOneModulo: 8192) == [140_737_488_273_409])
        #expect(
            PrimeSearch.largest(3, below: 1 << 47, congruentToOneModulo: 16_384)
                == [140_737_488_273_409, 140_737_488_125_953, 140_737_488_044_033])
    }

    @Test func smallPrimesAreFound() {
        let sieved = (2..<2000).filter { value in !(2..<value).contains { value % $0 == 0 } }
        #expect((0..<2000).filter { PrimeSearch.isPrime(UInt64($0)) } == sieved)
    }

    @Test func strongPseudoprimesAreRefused() {
        // 3,215,031,751 passes bases 2, 3, 5, 7; 3,825,123,056,546,413,051 passes the first nine primes.
        #expect(!PrimeSearch.isPrime(3_215_031_751))
        #expect(!PrimeSearch.isPrime(3_825_123_056_546_413_051))
    }

    @Test func lagrangeWeightsRecoverAPolynomial() {
        let field = PrimeField(modulus: 140_737_488_273_409)
        let coefficients: [UInt64] = [42, 140_737_488_273_408, 77, 5]
        let value = { (point: UInt64) in
            coefficients.reversed().reduce(0) { field.add(field.multiply($0, point), $1) }
        }
        let points: [UInt64] = [2, 3, 7, 1000]
        for target: UInt64 in [0, 5, 1024] {
            let weights = field.lagrangeWeights(at: target, from: points)
            let sum = zip(weights, points).reduce(0) { field.add($0, field.multiply($1.0, value($1.1))) }
            #expect(sum == value(target))
        }
    }
}
