import Foundation
import Testing

@testable import DifferentialPrivacy

/// Statistical bounds are at 5 standard errors unless said otherwise: a false alarm in 1.7 million, and the seed is
/// fixed, so a test that passes once always does.
@Suite struct NoiseTests {
    @Test func momentsAreThoseOfTheStandardNormal() {
        let count = 400_000
        var generator = SeededGenerator(seed: 1)
        let noise = gaussianNoise(count: count, using: &generator)
        func moment(_ power: Int) -> Double { noise.reduce(0) { $0 + pow($1, Double(power)) } / Double(count) }
        // Standard errors √(E x^(2p) − (E x^p)²)/√n: 1, √2, √15, √96.
        let standardError = 1 / Double(count).squareRoot()
        #expect(abs(moment(1)) < 5 * standardError)
        #expect(abs(moment(2) - 1) < 5 * 2.0.squareRoot() * standardError)
        #expect(abs(moment(3)) < 5 * 15.0.squareRoot() * standardError)
        #expect(abs(moment(4) - 3) < 5 * 96.0.squareRoot() * standardError)
    }

    /// Kolmogorov–Smirnov at level 1e-6: `D < √(ln(2/1e-6)/(2n))` (Massart's bound, so the rate is at most that).
    @Test func distributionIsTheStandardNormal() {
        let count = 200_000
        var generator = SeededGenerator(seed: 2)
        let sorted = gaussianNoise(count: count, using: &generator).sorted()
        let distance = sorted.enumerated().reduce(0.0) { worst, item in
            let expected = 0.5 * erfc(-item.element / 2.0.squareRoot())
            let above = Double(item.offset + 1) / Double(count) - expected
            let below = expected - Double(item.offset) / Double(count)
            return max(worst, above, below)
        }
        #expect(distance < (log(2e6) / (2 * Double(count))).squareRoot())
    }

    /// Mass beyond 4 is 6.334e-5: 126.7 of 2 million expected, Poisson, ±5 standard errors.
    @Test func tailIsNotCutShort() {
        var generator = SeededGenerator(seed: 3)
        var beyond = 0
        for _ in 0..<20 { beyond += gaussianNoise(count: 100_000, using: &generator).count { abs($0) > 4 } }
        #expect(abs(Double(beyond) - 126.7) < 5 * 126.7.squareRoot())
    }

    @Test func neighboursAreUncorrelated() {
        let count = 200_000
        var generator = SeededGenerator(seed: 4)
        let noise = gaussianNoise(count: count, using: &generator)
        for lag in [1, 2] {
            let correlation = (lag..<count).reduce(0.0) { $0 + noise[$1] * noise[$1 - lag] } / Double(count)
            #expect(abs(correlation) < 5 / Double(count).squareRoot())
        }
    }

    @Test(arguments: [0, 1, 2, 7])
    func drawsAFixedNumberOfWords(_ count: Int) {
        var generator = SeededGenerator(seed: 5)
        let noise = gaussianNoise(count: count, using: &generator)
        #expect(noise.count == count)
        #expect(generator.drawn == (count + 1) / 2 * 2)
        #expect(noise.allSatisfy { $0.isFinite })
    }

    /// The extreme words: no infinity at u → 0, no more than the stated bound.
    @Test func extremeWordsStayFinite() {
        struct Constant: RandomNumberGenerator {
            let word: UInt64
            func next() -> UInt64 { word }
        }
        for word in [UInt64.min, .max] {
            var generator = Constant(word: word)
            #expect(gaussianNoise(count: 2, using: &generator).allSatisfy { abs($0) < 8.58 })
        }
    }

    @Test func sameSeedSameNoise() {
        var (one, other) = (SeededGenerator(seed: 6), SeededGenerator(seed: 6))
        #expect(gaussianNoise(count: 101, using: &one) == gaussianNoise(count: 101, using: &other))
    }
}
