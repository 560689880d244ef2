import Foundation
import Testing

@testable import PoisoningDefence

/// Each rule that weighs updates against its published form in floating point, on vectors instead of inner products.
@Suite struct WeightRuleTests {
    private static let policy = DefencePolicy(members: 10, corruptible: 3, rules: [])

    /// Ten updates about a common one, of which three are others and longer.
    private static func updates(_ seed: UInt64, apart: Double = 1.5) -> [[Double]] {
        var generator = SeededGenerator(seed: seed)
        let (common, other) = (generator.vector(200), generator.vector(200))
        return (0..<10).map { member in
            let own = generator.vector(200)
            return (0..<200).map { common[$0] + 0.8 * own[$0] + (member < 3 ? apart * other[$0] : 0) }
        }
    }

    private static func sketches(_ updates: [[Double]]) -> [MemberSketch] {
        updates.enumerated().map { member, update in
            MemberSketch(member: member, digits: update.map { Int64(($0 * 0x1p24).rounded()) }, noise: [])
        }
    }

    // MARK: Floating point

    private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    private static func norm(_ vector: [Double]) -> Double { dot(vector, vector).squareRoot() }
    private static func minus(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 - $1 } }

    private static func sum(_ vectors: [[Double]], _ weights: [Double]) -> [Double] {
        vectors[0].indices.map { index in zip(vectors, weights).reduce(0) { $0 + $1.0[index] * $1.1 } }
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    private static func geometricMedian(_ updates: [[Double]], floor: Double) -> [Double] {
        var weights = updates.map { _ in 1 / Double(updates.count) }
        for _ in 0..<GeometricMedian.iterations {
            let centre = sum(updates, weights)
            let inverse = updates.map { 1 / max(floor, norm(minus($0, centre))) }
            weights = inverse.map { $0 / inverse.reduce(0, +) }
        }
        return weights
    }

    private static func foolsGold(_ cosines: [[Double]]) -> [Double] {
        let count = cosines.count
        var cosines = cosines
        for i in 0..<count { cosines[i][i] = -.infinity }
        let most = cosines.map { $0.max() ?? 0 }
        for i in 0..<count {
            for j in 0..<count where i != j && most[i] < most[j] && most[j] > 0 { cosines[i][j] *= most[i] / most[j] }
        }
        var alphas = cosines.map { min(1, max(0, 1 - ($0.max() ?? 0))) }
        let largest = alphas.max() ?? 1
        alphas = alphas.map { min($0 / largest, 0.99) }
        return alphas.map { $0 <= 0 ? 0 : min(1, max(0, log($0 / (1 - $0)) + 0.5)) }
    }

    private static func expectEqual(_ weights: [Int64], _ expected: [Double]) {
        #expect(weights.count == expected.count)
        for (own, other) in zip(weights, expected) {
            #expect(abs(Double(own) / Double(WeightScale.one) - other) < 1e-5)
        }
    }

    // MARK: Rules

    @Test(arguments: [UInt64(1), 2, 3])
    func theGeometricMedianIsWeiszfelds(seed: UInt64) {
        let updates = Self.updates(seed)
        let middle = Self.median(updates.map(Self.norm))
        var rule = GeometricMedian()
        Self.expectEqual(
            rule.weights(Self.sketches(updates), policy: Self.policy),
            Self.geometricMedian(updates, floor: middle / 1000))
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func centredClippingIsAsPublished(seed: UInt64) {
        let updates = Self.updates(seed, apart: 4)
        let radius = Self.median(updates.map(Self.norm))
        var centre = updates[0].map { _ in 0.0 }
        for _ in 0..<CentredClipping.iterations {
            let steps = updates.map { update -> [Double] in
                let step = Self.minus(update, centre)
                let clip = min(1, radius / max(1e-12, Self.norm(step)))
                return step.map { $0 * clip }
            }
            let mean = Self.sum(steps, steps.map { _ in 1 / Double(steps.count) })
            centre = zip(centre, mean).map { $0 + $1 }
        }
        var rule = CentredClipping()
        let weights = rule.weights(Self.sketches(updates), policy: Self.policy)
        let own = Self.sum(updates, weights.map { Double($0) / Double(WeightScale.one) })
        #expect(Self.norm(Self.minus(own, centre)) < 1e-4 * Self.norm(centre))
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func mixingTakesTheNearestAndThenTheMedian(seed: UInt64) {
        let updates = Self.updates(seed)
        let mixed = updates.map { update in
            let nearest = updates.sorted { Self.norm(Self.minus($0, update)) < Self.norm(Self.minus($1, update)) }
                .prefix(7)
            return Self.sum(Array(nearest), nearest.map { _ in 1 / 7.0 })
        }
        let floor = Self.median(updates.map(Self.norm)) / 1000
        let expected = Self.sum(mixed, Self.geometricMedian(mixed, floor: floor))
        var rule = NearestNeighbourMixing()
        let weights = rule.weights(Self.sketches(updates), policy: Self.policy)
        let own = Self.sum(updates, weights.map { Double($0) / Double(WeightScale.one) })
        #expect(Self.norm(Self.minus(own, expected)) < 1e-4 * Self.norm(expected))
    }

    @Test func foolsGoldRemembersAndPardonsAsPublished() {
        var rule = FoolsGold()
        var sums = Array(repeating: [Double](repeating: 0, count: 10), count: 10)
        for round in 1...4 {
            let updates = Self.updates(UInt64(round), apart: 2)
            let weights = rule.weights(Self.sketches(updates), policy: Self.policy)
            for i in 0..<10 {
                for j in 0..<10 {
                    sums[i][j] += Self.dot(updates[i], updates[j]) / Self.norm(updates[i]) / Self.norm(updates[j])
                }
            }
            let expected = Self.foolsGold(sums.map { $0.map { $0 / Double(round) } })
            Self.expectEqual(weights, expected.map { $0 / expected.reduce(0, +) })
            // The three that pull together weigh less than any of the others.
            #expect((weights[0..<3].max() ?? 0) < (weights[3...].min() ?? 0))
        }
    }

    @Test func flameClipsTheMajorityToTheMedianNorm() {
        var updates = Self.updates(5, apart: 4)
        updates[9] = updates[9].map { $0 * 3 }
        var rule = FlameClipping()
        let weights = rule.weights(Self.sketches(updates), policy: Self.policy)
        #expect(weights[0..<3].allSatisfy { $0 == 0 })
        let kept = weights.indices.filter { weights[$0] > 0 }
        let median = Self.median(updates.map(Self.norm))
        for index in kept {
            let expected = min(1, median / Self.norm(updates[index])) / Double(kept.count)
            #expect(abs(Double(weights[index]) / Double(WeightScale.one) - expected) < 1e-6)
        }
    }

    @Test(arguments: WeightRuleName.allCases)
    func updatesOfZeroAndFewUpdatesAreNoTrouble(name: WeightRuleName) {
        for count in [0, 1, 2, 5] {
            var rule = name.rule
            let zeros = (0..<count).map {
                MemberSketch(member: $0, digits: Array(repeating: 0, count: 64), noise: [])
            }
            let weights = rule.weights(zeros, policy: Self.policy)
            #expect(weights.count == count && weights.allSatisfy { $0 >= 0 })
        }
    }

    /// Ascending over ten decades, and the logarithm to eight digits.
    @Test func theLogarithmIsThatOfFloatingPoint() {
        for exponent in stride(from: -8.0, through: 9, by: 0.37) {
            let value = Int64((exp(exponent) * Double(FixedPoint.one)).rounded())
            let expected = log(Double(value) / Double(FixedPoint.one))
            #expect(abs(Double(FixedPoint.logarithm(value)) / Double(FixedPoint.one) - expected) < 1e-8)
        }
    }
}
