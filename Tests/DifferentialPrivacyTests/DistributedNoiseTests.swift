import Foundation
import Testing

@testable import DifferentialPrivacy

@Suite struct DistributedNoiseTests {
    /// What is left after coalition and absences has the promised deviation; one colluder more takes it below.
    @Test func whatIsLeftIsWhatIsPromised() throws {
        let noise = try DistributedNoise(hospitals: 10, colluding: 3, absent: 2, noiseMultiplier: 12)
        #expect(abs(noise.effectiveMultiplier(contributors: 8, colluding: 3) - 12) < 1e-12)
        #expect(noise.effectiveMultiplier(contributors: 10, colluding: 3) > 12)
        #expect(noise.effectiveMultiplier(contributors: 8, colluding: 4) < 12)
        #expect(noise.effectiveMultiplier(contributors: 3, colluding: 3) == 0)
        var together = GaussianAccountant()
        try together.compose(noise.sumEvent)
        var one = GaussianAccountant()
        try one.compose(noise.alone)
        #expect(one.epsilon(delta: 1e-5) > 1.5 * together.epsilon(delta: 1e-5))
    }

    /// A sum of shares against the mass of the discrete Gaussian that it is priced as: χ² at a level of 1e-6.
    @Test func sumOfSharesIsADiscreteGaussian() throws {
        var generator = SeededGenerator(seed: 9)
        let (share, hospitals, count) = (12, 4, 300_000)
        var sums = [Int64](repeating: 0, count: count)
        for _ in 0..<hospitals {
            for (index, draw) in try DiscreteGaussian(deviation: share).sample(count: count, using: &generator)
                .enumerated()
            {
                sums[index] += draw
            }
        }
        let deviation = Double(share) * Double(hospitals).squareRoot()
        func weight(_ place: Int) -> Double { exp(-Double(place * place) / (2 * deviation * deviation)) }
        let total = (-400...400).reduce(0.0) { $0 + weight($1) }
        var seen: [Int64: Int] = [:]
        for sum in sums { seen[sum, default: 0] += 1 }
        let inside = -80...80
        let statistic = inside.reduce(0.0) { value, place in
            let expected = weight(place) / total * Double(count)
            let difference = Double(seen[Int64(place), default: 0]) - expected
            return value + difference * difference / expected
        }
        let freedom = Double(inside.count)
        let spread = 2 / (9 * freedom)
        #expect(statistic < freedom * pow(1 - spread + 4.753424 * spread.squareRoot(), 3))
    }

    @Test(arguments: [(3, 1, 1), (5, 4, 0), (5, -1, 0), (2, 0, 1)])
    func noiseForNobodyIsRefused(_ hospitals: Int, _ colluding: Int, _ absent: Int) {
        #expect(throws: PrivacyError.self) {
            try DistributedNoise(hospitals: hospitals, colluding: colluding, absent: absent, noiseMultiplier: 1)
        }
    }
}
