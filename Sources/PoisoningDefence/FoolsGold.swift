/// FoolsGold: the more alike two hospitals' updates are over the rounds, the less both weigh.
///
/// The history of a hospital would be the sum of its updates; sketch rows change every round, so the history here is
/// the mean of the rounds' cosine matrices. Then as published: pardoning, α_i = 1 − max_j cs_ij, rescaled to a largest
/// of one, through ln(α/(1 − α)) + ½ into [0, 1]. A hospital that missed a round is compared in those it shares with
/// the other. Source: Fung, Yoon and Beschastnikh 2020, "The limitations of federated learning in Sybil settings",
/// algorithm 1.
package struct FoolsGold: WeightRule {
    private struct Pair: Hashable {
        let a: Int
        let b: Int
    }

    private var sums: [Pair: (cosines: Int128, rounds: Int128)] = [:]

    package init() {}

    package mutating func weights(_ sketches: [MemberSketch], policy: DefencePolicy) -> [Int64] {
        let seen = SketchDirections(sketches)
        let count = seen.members.count
        guard count >= 2 else { return seen.members.map { _ in WeightScale.one } }
        let distances = seen.cosineDistances()
        var likeness = Array(repeating: [Int128](repeating: 0, count: count), count: count)
        for i in 0..<count {
            for j in 0..<count where j != i {
                let pair = Pair(a: seen.members[i], b: seen.members[j])
                let known = sums[pair] ?? (0, 0)
                let sum = (known.cosines + Int128(FixedPoint.one - distances[i][j]), known.rounds + 1)
                sums[pair] = sum
                likeness[i][j] = sum.0 / sum.1
            }
        }
        let weights = Self.weights(likeness)
        let sum = max(1, weights.reduce(0, +))
        return weights.map { FixedPoint.saturated($0 * Int128(WeightScale.one) / sum) }
    }

    /// - Parameter likeness: cosines in units of `FixedPoint.one`; the diagonal is not looked at.
    /// - Returns: weights in [0, 1], the same unit.
    static func weights(_ likeness: [[Int128]]) -> [Int128] {
        let one = Int128(FixedPoint.one)
        func others(_ i: Int) -> [Int] { likeness.indices.filter { $0 != i } }
        let most = likeness.indices.map { i in others(i).map { likeness[i][$0] }.max() ?? 0 }
        var alphas = likeness.indices.map { i -> Int128 in
            let pardoned = others(i).map { j in
                most[i] < most[j] && most[j] > 0 ? likeness[i][j] * most[i] / most[j] : likeness[i][j]
            }
            return min(one, max(0, one - (pardoned.max() ?? 0)))
        }
        let largest = max(1, alphas.max() ?? 1)
        // As published: a weight of one would have an infinite logit.
        alphas = alphas.map { min($0 * one / largest, one * 99 / 100) }
        return alphas.map { alpha in
            guard alpha > 0 else { return 0 }
            let logit = FixedPoint.logarithm(FixedPoint.saturated(alpha * one / (one - alpha)))
            return min(one, max(0, Int128(logit) + one / 2))
        }
    }
}
