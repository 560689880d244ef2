/// Norms and unit directions of sketches, in fixed point: what the poisoning rules look at.
///
/// Sketches preserve geometry (Johnson–Lindenstrauss): at k = 256 a norm to ±2.5 %, a cosine to ±.034 typically.
struct SketchDirections {
    let members: [Int]
    /// L2 norms of the digit vectors, saturated at 2^60.
    let norms: [Int64]
    /// Unit vectors times `FixedPoint.one`; all zero for an update that is zero.
    let directions: [[Int64]]

    init(_ sketches: [MemberSketch]) {
        members = sketches.map(\.member)
        var norms: [Int64] = []
        var directions: [[Int64]] = []
        for sketch in sketches {
            // With the contract rules off digits may be anything; halve them until squares have room. Room: 2^40 a
            // digit, 2^14 digits, 2^32 for sixteen fractional bits of the root.
            let largest = sketch.digits.map(\.magnitude).max() ?? 0
            let shift = max(0, 64 - largest.leadingZeroBitCount - 40)
            let digits = sketch.digits.map { Int128($0) / (Int128(1) << Int128(shift)) }
            let square = digits.reduce(UInt128(0)) { $0 + UInt128($1 * $1) }
            let norm = FixedPoint.squareRoot(square << 32)
            norms.append(Int64(min((norm << UInt128(shift)) >> 16, 1 << 60)))
            directions.append(
                norm == 0
                    ? Array(repeating: 0, count: digits.count)
                    : digits.map { Int64(($0 * Int128(FixedPoint.one) * 65536) / Int128(norm)) })
        }
        self.norms = norms
        self.directions = directions
    }

    /// `1 − cos` of every pair, in units of `FixedPoint.one`, in [0, 2]; zero on the diagonal.
    func cosineDistances() -> [[Int64]] {
        var distances = Array(repeating: Array(repeating: Int64(0), count: directions.count), count: directions.count)
        for i in directions.indices {
            for j in directions.indices where j > i {
                let cosine = Self.product(directions[i], directions[j]) / FixedPoint.one
                let distance = max(0, FixedPoint.one - cosine)
                distances[i][j] = distance
                distances[j][i] = distance
            }
        }
        return distances
    }

    /// Cosine of each direction to the coordinate-wise median of all, or of the others; nil where that median is zero.
    func cosinesToMedian(leavingOut: Bool) -> [Int64]? {
        var cosines: [Int64] = []
        let ofAll = leavingOut ? [] : Self.coordinateMedian(directions)
        for i in directions.indices {
            let center: [Int64]
            if leavingOut {
                var others = directions
                others.remove(at: i)
                center = Self.coordinateMedian(others)
            } else {
                center = ofAll
            }
            let square = Self.product(center, center)
            let norm = Int64(FixedPoint.squareRoot(UInt128(max(0, square))))
            guard norm > 0 else { return nil }
            cosines.append(Self.product(directions[i], center) / norm)
        }
        return cosines
    }

    static func coordinateMedian(_ vectors: [[Int64]]) -> [Int64] {
        guard let first = vectors.first else { return [] }
        return first.indices.map { index in FixedPoint.median(vectors.map { $0[index] }) }
    }

    /// Inner product. Vectors of norm at most a few ones keep it below 2^63: |⟨x, y⟩| ≤ ‖x‖·‖y‖.
    static func product(_ x: [Int64], _ y: [Int64]) -> Int64 {
        var sum: Int64 = 0
        for index in x.indices { sum &+= x[index] &* y[index] }
        return sum
    }
}
