/// Nearest-neighbour mixing before the geometric median: each update becomes the mean of its n − c nearest, itself
/// included, and then the median of these is taken.
///
/// Source: Allouah et al. 2023, "Fixing by mixing: a recipe for optimal Byzantine ML under heterogeneity", algorithm 2.
package struct NearestNeighbourMixing: WeightRule {
    package init() {}

    package mutating func weights(_ sketches: [MemberSketch], policy: DefencePolicy) -> [Int64] {
        let gram = SketchGram(sketches)
        let neighbours = Self.neighbours(gram, count: max(1, gram.count - policy.corruptible))
        let mixed = neighbours.map { a in
            neighbours.map { b in
                a.reduce(Int128(0)) { sum, i in b.reduce(sum) { $0 + gram.products[i][$1] } }
                    / Int128(a.count * b.count)
            }
        }
        var weights = [Int128](repeating: 0, count: gram.count)
        for (own, group) in zip(GeometricMedian.weights(of: SketchGram(products: mixed)), neighbours) {
            for index in group { weights[index] += own / Int128(group.count) }
        }
        return weights.map { FixedPoint.saturated($0) }
    }

    /// Of each update those nearest to it; of equally near ones the first.
    static func neighbours(_ gram: SketchGram, count: Int) -> [[Int]] {
        gram.products.indices.map { i in
            func square(_ j: Int) -> Int128 { gram.products[i][i] + gram.products[j][j] - 2 * gram.products[i][j] }
            return Array(gram.products.indices.sorted { (square($0), $0) < (square($1), $1) }.prefix(count))
        }
    }
}
