import Foundation
import Testing

@testable import DifferentialPrivacy

/// χ² against the exact mass at a level of 1e-6, seeds fixed: with fresh ones each test fails once in a million runs.
@Suite struct IntegerNoiseTests {
    /// The χ² value that k degrees of freedom exceed once in a million (Wilson and Hilferty 1931).
    private func limit(_ freedom: Int) -> Double {
        let spread = 2 / (9 * Double(freedom))
        return Double(freedom) * pow(1 - spread + 4.753424 * spread.squareRoot(), 3)
    }

    /// χ² over single values where 20 or more are expected, the two tails taken together beyond.
    private func chiSquared(_ draws: [Int64], mass: (Int) -> Double) -> (value: Double, freedom: Int) {
        let count = Double(draws.count)
        var seen: [Int64: Int] = [:]
        for draw in draws { seen[draw, default: 0] += 1 }
        var edge = 0
        while mass(edge + 1) * count >= 20 { edge += 1 }
        var (value, inside, expectedInside) = (0.0, 0, 0.0)
        for place in -edge...edge {
            let expected = mass(place) * count
            let observed = seen[Int64(place), default: 0]
            value += (Double(observed) - expected) * (Double(observed) - expected) / expected
            inside += observed
            expectedInside += expected
        }
        let rest = max(count - expectedInside, 1e-9)
        let outside = count - Double(inside)
        return (value + (outside - rest) * (outside - rest) / rest, 2 * edge + 1)
    }

    @Test(arguments: [1, 2, 3, 10, 57]) func discreteGaussianHasTheExactMass(_ deviation: Int) throws {
        var generator = SeededGenerator(seed: UInt64(deviation))
        let draws = try DiscreteGaussian(deviation: deviation).sample(count: 400_000, using: &generator)
        func weight(_ place: Int) -> Double { exp(-Double(place * place) / Double(2 * deviation * deviation)) }
        let total = (-40 * deviation...40 * deviation).reduce(0.0) { $0 + weight($1) }
        let result = chiSquared(draws) { weight($0) / total }
        #expect(result.value < limit(result.freedom), "\(result)")
    }

    @Test(arguments: [1, 4, 50, 400]) func skellamHasTheExactMass(_ mean: Int) throws {
        var generator = SeededGenerator(seed: UInt64(mean))
        let draws = try SkellamNoise(mean: mean).sample(count: 400_000, using: &generator)
        let top = mean + 14 * Int(Double(mean).squareRoot() + 2)
        let poisson = (0...top).map { exp(Double($0) * log(Double(mean)) - Double(mean) - lgamma(Double($0) + 1)) }
        let result = chiSquared(draws) { shift in
            (0...top - abs(shift)).reduce(0.0) { $0 + poisson[$1] * poisson[$1 + abs(shift)] }
        }
        #expect(result.value < limit(result.freedom), "\(result)")
    }

    /// Wide noise: moments at 5 standard errors (a false alarm in 1.7 million), the tail beyond 4σ (6.334e-5) as a
    /// Poisson count at 5.
    @Test(arguments: [1 << 16, 1 << 26]) func wideDiscreteGaussianHasItsMomentsAndTail(_ deviation: Int) throws {
        let count = 400_000
        var generator = SeededGenerator(seed: 5)
        let draws = try DiscreteGaussian(deviation: deviation).sample(count: count, using: &generator)
            .map { Double($0) / Double(deviation) }
        func moment(_ power: Double) -> Double { draws.reduce(0) { $0 + pow($1, power) } / Double(count) }
        let error = 1 / Double(count).squareRoot()
        #expect(abs(moment(1)) < 5 * error)
        #expect(abs(moment(2) - 1) < 5 * 2.0.squareRoot() * error)
        #expect(abs(moment(4) - 3) < 5 * 96.0.squareRoot() * error)
        let beyond = Double(draws.count { abs($0) > 4 })
        let expected = 6.334e-5 * Double(count)
        #expect(abs(beyond - expected) < 5 * expected.squareRoot())
    }

    /// A coin whose fraction ends within one word, and one that does not: 5 standard errors.
    @Test(arguments: [(1, 4), (1, 3), (5, 7)] as [(UInt64, UInt64)])
    func coinsHaveTheirChance(_ numerator: UInt64, _ denominator: UInt64) {
        var generator = SeededGenerator(seed: 3)
        let count = 200_000.0
        let chance = Double(numerator) / Double(denominator)
        let heads = (0..<Int(count)).count { _ in ExactBernoulli.fraction(numerator, denominator, using: &generator) }
        #expect(abs(Double(heads) / count - chance) < 5 * (chance * (1 - chance) / count).squareRoot())
        let power = exp(-chance)
        let kept = (0..<Int(count)).count { _ in ExactBernoulli.exponential(numerator, denominator, using: &generator) }
        #expect(abs(Double(kept) / count - power) < 5 * (power * (1 - power) / count).squareRoot())
    }

    @Test func nonsenseIsRefused() {
        for deviation in [0, -1, 1 << 27] {
            #expect(throws: PrivacyError.self) { try DiscreteGaussian(deviation: deviation) }
            #expect(throws: PrivacyError.self) { try SkellamNoise(mean: deviation) }
        }
    }

    /// A million draws of each a second on a machine that has nothing else to do; half of that is asked for here, since
    /// tests share processors. The rate is printed.
    @Test func drawsAreFast() throws {
        var generator = SeededGenerator(seed: 1)
        let gaussian = try DiscreteGaussian(deviation: 1 << 20)
        let skellam = try SkellamNoise(mean: 5000)
        let clock = ContinuousClock()
        let times = [
            clock.measure { _ = gaussian.sample(count: 500_000, using: &generator) },
            clock.measure { _ = skellam.sample(count: 500_000, using: &generator) },
        ]
        print("discrete Gaussian and Skellam: 500,000 draws each in \(times)")
        for time in times { #expect(time < .seconds(1)) }
    }
}
