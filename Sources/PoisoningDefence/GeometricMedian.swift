/// Weights of the geometric median, by the smoothed Weiszfeld iteration from the mean.
///
/// Source: Pillutla, Kakade and Harchaoui 2022, "Robust aggregation for federated learning" (RFA), algorithm 2; the
/// floor of distances ν is a thousandth of the median norm.
package struct GeometricMedian: WeightRule {
    static let iterations = 32
    private static let floor = FixedPoint.one / 1000

    package init() {}

    package mutating func weights(_ sketches: [MemberSketch], policy: DefencePolicy) -> [Int64] {
        Self.weights(of: SketchGram(sketches)).map { FixedPoint.saturated($0) }
    }

    static func weights(of gram: SketchGram) -> [Int128] {
        let one = Int128(FixedPoint.one)
        var weights = [Int128](repeating: one / Int128(max(1, gram.count)), count: gram.count)
        for _ in 0..<iterations {
            let inverse = gram.distances(toSumWeighted: weights).map { one * one / Int128(max(floor, $0)) }
            let sum = max(1, inverse.reduce(0, +))
            weights = inverse.map { $0 * one / sum }
        }
        return weights
    }
}
