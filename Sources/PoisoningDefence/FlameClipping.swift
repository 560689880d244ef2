/// FLAME whole, but for its noise: the majority cluster, each update clipped to the median norm of all.
///
/// Source: Nguyen et al. 2022, section 4, algorithm 1.
package struct FlameClipping: WeightRule {
    package init() {}

    package mutating func weights(_ sketches: [MemberSketch], policy: DefencePolicy) -> [Int64] {
        guard sketches.count >= 3 else { return sketches.map { _ in WeightScale.one } }
        let seen = SketchDirections(sketches)
        let (majority, _) = FlameRule.majority(seen.cosineDistances())
        let median = FixedPoint.median(seen.norms)
        return seen.norms.indices.map { index in
            guard majority.contains(index) else { return 0 }
            let clip = Int128(median) * Int128(WeightScale.one) / Int128(max(1, seen.norms[index]))
            return FixedPoint.saturated(min(clip, Int128(WeightScale.one)) / Int128(majority.count))
        }
    }
}
