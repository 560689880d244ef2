/// Points at updates that stand out along the direction in which updates differ most.
///
/// Unit directions, centred at their coordinate-wise median; projection on the top right singular vector, found by
/// power iteration on the n × n Gram matrix; `|p − median| > 3·max(1.4826·MAD, 0.25·median ‖centred direction‖)`.
/// Figures in thousandths of that scale. Source: DnC of Shejwalkar and Houmansadr 2021, "Manipulating the Byzantine",
/// section V, with a threshold where DnC always drops a fixed number.
package struct PrincipalDirectionRule: PoisoningRule {
    package static let name = PoisoningRuleName.principalDirection
    static let bound: Int64 = 3000

    /// Enough for an eigenvalue ratio of 0.9 to leave a thousandth; what is left of a closer pair is still determined.
    private static let iterations = 64

    package init() {}

    package func judge(
        _ sketches: [MemberSketch], geometry: SketchGeometry, policy: DefencePolicy
    ) -> [Exclusion] {
        guard sketches.count >= 3 else { return [] }
        let seen = SketchDirections(sketches)
        let center = SketchDirections.coordinateMedian(seen.directions)
        let centred = seen.directions.map { direction in
            zip(direction, center).map { Int64($0 - $1) }
        }
        let gram = centred.map { row in
            centred.map { Int64(SketchDirections.product(row, $0) / FixedPoint.one) }
        }
        guard let projections = Self.principalProjections(gram) else { return [] }
        let lengths = gram.indices.map { FixedPoint.root(gram[$0][$0]) }
        let deviations = FixedPoint.robustDeviations(projections, floor: FixedPoint.median(lengths) / 4)
        return seen.members.indices.compactMap { i in
            let deviation = abs(deviations[i])
            return deviation > Self.bound
                ? Exclusion(
                    member: seen.members[i], reason: .principalDirection, measured: deviation, bound: Self.bound)
                : nil
        }
    }

    /// `√λ·v_i` of the top eigenpair (λ, v) of a Gram matrix; nil for a zero matrix.
    private static func principalProjections(_ gram: [[Int64]]) -> [Int64]? {
        // The column of the longest row: a function of the updates, not of the order in which they are listed.
        guard let start = gram.indices.max(by: { gram[$0][$0] < gram[$1][$1] }), gram[start][start] > 0 else {
            return nil
        }
        guard var (vector, eigenvalue) = normalised(gram[start].map { Int128($0) }) else { return nil }
        for _ in 0..<iterations {
            let image = gram.map { row in
                zip(row, vector).reduce(Int128(0)) { $0 + Int128($1.0) * Int128($1.1) } / Int128(FixedPoint.one)
            }
            guard let next = normalised(image) else { return nil }
            (vector, eigenvalue) = next
        }
        let root = Int128(FixedPoint.root(eigenvalue))
        return vector.map { FixedPoint.saturated(Int128($0) * root / Int128(FixedPoint.one)) }
    }

    private static func normalised(_ vector: [Int128]) -> (unit: [Int64], norm: Int64)? {
        let square = vector.reduce(UInt128(0)) { $0 + UInt128($1 * $1) }
        let norm = Int128(FixedPoint.squareRoot(square))
        guard norm > 0 else { return nil }
        return (vector.map { FixedPoint.saturated($0 * Int128(FixedPoint.one) / norm) }, FixedPoint.saturated(norm))
    }
}
