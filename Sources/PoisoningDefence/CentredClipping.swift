/// Centred clipping: v ← v + mean of (u_i − v)·min(1, τ/‖u_i − v‖), from zero, as weights of the updates.
///
/// τ is the median norm. Source: Karimireddy, He and Jaggi 2021, "Learning from history for Byzantine robust
/// optimization", algorithm 1, without momentum.
package struct CentredClipping: WeightRule {
    /// Enough that another changes a weight by less than a thousandth.
    static let iterations = 20

    package init() {}

    package mutating func weights(_ sketches: [MemberSketch], policy: DefencePolicy) -> [Int64] {
        let gram = SketchGram(sketches)
        let (one, count) = (Int128(FixedPoint.one), Int128(max(1, gram.count)))
        var weights = [Int128](repeating: 0, count: gram.count)
        for _ in 0..<Self.iterations {
            // The unit of length is the median norm, so τ is one.
            let clips = gram.distances(toSumWeighted: weights).map { min(one, one * one / Int128(max(1, $0))) }
            let kept = one - clips.reduce(0, +) / count
            weights = zip(weights, clips).map { $0 * kept / one + $1 / count }
        }
        return weights.map { FixedPoint.saturated($0) }
    }
}
