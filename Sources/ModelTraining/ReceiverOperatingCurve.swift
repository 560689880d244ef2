/// One point of the receiver operating characteristic.
package struct ROCPoint: Codable, Hashable, Sendable {
    package let falsePositiveRate: Double
    package let truePositiveRate: Double
    /// Scores from here up count as positive; the first point's lies one above the largest score.
    package let threshold: Double
}

/// The curve from (0, 0) to (1, 1), without the points that lie on a straight line between their neighbours; empty if
/// one side has no image.
func receiverOperatingCurve(scores: [Double], positives: [Bool]) -> [ROCPoint] {
    let steps = cumulativeCounts(scores: scores, positives: positives)
    guard let last = steps.last, last.positive > 0, last.negative > 0 else { return [] }
    let all = [(positive: 0, negative: 0, score: steps[0].score + 1)] + steps
    return all.indices.compactMap { index in
        if index > 0, index + 1 < all.count {
            let (before, here, after) = (all[index - 1], all[index], all[index + 1])
            let sameRise = after.positive - here.positive == here.positive - before.positive
            let sameRun = after.negative - here.negative == here.negative - before.negative
            if sameRise && sameRun { return nil }
            if here.positive == before.positive, after.positive == here.positive { return nil }
            if here.negative == before.negative, after.negative == here.negative { return nil }
        }
        return ROCPoint(
            falsePositiveRate: Double(all[index].negative) / Double(last.negative),
            truePositiveRate: Double(all[index].positive) / Double(last.positive), threshold: all[index].score)
    }
}

/// Chance that a positive image scores higher than a negative one, a tie counting half (Mann and Whitney); nil if one
/// side has no image.
func areaUnderCurve(scores: [Double], positives: [Bool]) -> Double? {
    let steps = cumulativeCounts(scores: scores, positives: positives)
    guard let last = steps.last, last.positive > 0, last.negative > 0 else { return nil }
    var doubledArea = 0
    var before = (positive: 0, negative: 0)
    for step in steps {
        doubledArea += (step.negative - before.negative) * (step.positive + before.positive)
        before = (step.positive, step.negative)
    }
    return Double(doubledArea) / (2 * Double(last.positive) * Double(last.negative))
}

/// For each different score, from the highest down: positives and negatives that score at least that.
private func cumulativeCounts(
    scores: [Double], positives: [Bool]
) -> [(positive: Int, negative: Int, score: Double)] {
    var steps: [(positive: Int, negative: Int, score: Double)] = []
    var counts = (positive: 0, negative: 0)
    for index in scores.indices.sorted(by: { scores[$0] > scores[$1] }) {
        if positives[index] { counts.positive += 1 } else { counts.negative += 1 }
        if let last = steps.last, last.score == scores[index] { steps.removeLast() }
        steps.append((counts.positive, counts.negative, scores[index]))
    }
    return steps
}
