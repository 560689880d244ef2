import RingArithmetic
import SecureAggregation
import Testing

@Suite struct QuantisationTests {
    private func update(_ count: Int, norm: Double) -> [Float] {
        var generator = KeyedStream(key: [4], label: "floats")
        let raw = (0..<count).map { _ in Float(Int64(bitPattern: generator.next()) >> 40) }
        let length = raw.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        return raw.map { Float(Double($0) * norm / length) }
    }

    @Test(arguments: [1, 50, 1000, 1_867_833_098] as [Int64])
    func theNormStaysWithinTheBound(bound: Int64) {
        for length in [0.0001, 0.5, 1, 7] {
            var generator = KeyedStream(key: [5], label: "rounding")
            let integers = quantise(update(5000, norm: length), clipNorm: 1, normBound: bound, using: &generator)
            #expect(IntegerNorm.squared(integers) <= UInt128(bound) * UInt128(bound))
        }
    }

    @Test func valuesReturnWithinOneStep() {
        let values = update(5000, norm: 2.9)
        var generator = KeyedStream(key: [6], label: "rounding")
        let integers = quantise(values, clipNorm: 3, normBound: 1 << 20, using: &generator)
        let back = dequantise(integers, clipNorm: 3, normBound: 1 << 20, divisor: 1)
        let step = 3.0 / (Double(1 << 20) * 0.999)
        #expect(zip(values, back).allSatisfy { abs(Double($0) - Double($1)) <= step * 1.001 })
        let mean = dequantise(integers.map { 4 * $0 }, clipNorm: 3, normBound: 1 << 20, divisor: 4)
        #expect(zip(mean, back).allSatisfy { abs($0 - $1) <= abs($1) * 1e-6 })
    }

    /// The mean of 20,000 roundings of 0.3 steps within six standard deviations: a false alarm in 5e8 runs.
    @Test func roundingIsUnbiased() {
        let step = 1.0 / (1e6 * 0.999)
        var generator = KeyedStream(key: [7], label: "rounding")
        let integers = quantise(
            [Float](repeating: Float(0.3 * step), count: 20_000), clipNorm: 1, normBound: 1_000_000, using: &generator)
        #expect(Set(integers) == [0, 1])
        let mean = Double(integers.reduce(0, +)) / 20_000
        #expect(abs(mean - 0.3) < 6 * (0.21 / 20_000).squareRoot())
    }

    @Test func theSameSeedRoundsAlike() {
        let values = update(1000, norm: 1)
        var first = KeyedStream(key: [8], label: "rounding")
        var second = KeyedStream(key: [8], label: "rounding")
        #expect(
            quantise(values, clipNorm: 1, normBound: 100, using: &first)
                == quantise(values, clipNorm: 1, normBound: 100, using: &second))
    }
}
