/// Inner products of a round's updates as their sketches show them, in units of the squared median norm.
///
/// Every rule that forms weighted sums of updates needs these only: ‖u_i − Σ w_j u_j‖² = G_ii − 2·(Gw)_i + wᵀGw.
struct SketchGram {
    /// Longer updates count as this many median norms, so that products have room.
    private static let longest: Int64 = 64

    let products: [[Int128]]
    var count: Int { products.count }

    init(_ sketches: [MemberSketch]) {
        let seen = SketchDirections(sketches)
        let median = max(1, FixedPoint.median(seen.norms))
        let lengths = seen.norms.map {
            min(Int128($0) * Int128(FixedPoint.one) / Int128(median), Int128(Self.longest * FixedPoint.one))
        }
        let one = Int128(FixedPoint.one)
        products = seen.directions.indices.map { i in
            seen.directions.indices.map { j in
                let cosine = Int128(SketchDirections.product(seen.directions[i], seen.directions[j])) / one
                return cosine * lengths[i] / one * lengths[j] / one
            }
        }
    }

    init(products: [[Int128]]) { self.products = products }

    /// Distance of each update to the weighted sum, in median norms times `FixedPoint.one`.
    func distances(toSumWeighted weights: [Int128]) -> [Int64] {
        let one = Int128(FixedPoint.one)
        let images = products.map { row in zip(row, weights).reduce(Int128(0)) { $0 + $1.0 * $1.1 } / one }
        let square = zip(images, weights).reduce(Int128(0)) { $0 + $1.0 * $1.1 } / one
        return products.indices.map { i in
            FixedPoint.root(FixedPoint.saturated(products[i][i] - 2 * images[i] + square))
        }
    }

    /// Length of each update in median norms times `FixedPoint.one`.
    var lengths: [Int64] { products.indices.map { FixedPoint.root(FixedPoint.saturated(products[$0][$0])) } }
}
