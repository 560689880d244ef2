/// Points at a small group of updates that stands apart from the rest.
///
/// Average-linkage clustering of cosine distances into two groups; the smaller one, of at most c members and less than
/// 45 %, is pointed at if its mean distance to the larger exceeds 1.15 times (mean + 1.5 standard deviations) of the
/// distances within the larger, at least 0.05. Figures in thousandths of that mean plus deviations. Source: the
/// clustering step of FLAME (Nguyen et al. 2022), with linkage for HDBSCAN and a separation test added, since FLAME
/// drops someone from most clean rounds of unlike hospitals.
package struct ClusterRule: PoisoningRule {
    package static let name = PoisoningRuleName.cluster
    static let bound: Int64 = 1150

    package init() {}

    package func judge(
        _ sketches: [MemberSketch], geometry: SketchGeometry, policy: DefencePolicy
    ) -> [Exclusion] {
        guard sketches.count >= 4 else { return [] }
        let seen = SketchDirections(sketches)
        let distances = seen.cosineDistances()
        let (large, small) = Self.twoGroups(distances)
        guard small.count <= policy.corruptible, small.count * 100 < sketches.count * 45, large.count >= 3 else {
            return []
        }
        let within = large.indices.flatMap { a in
            large[(a + 1)...].map { b in Int128(distances[large[a]][b]) }
        }
        let mean = within.reduce(0, +) / Int128(within.count)
        let variance = within.reduce(Int128(0)) { $0 + ($1 - mean) * ($1 - mean) } / Int128(within.count)
        let deviation = Int128(FixedPoint.squareRoot(UInt128(variance)))
        let reference = max(mean + deviation * 3 / 2, Int128(FixedPoint.one) / 20)
        let across = Self.linkage(large, small, distances) / Int128(large.count * small.count)
        let ratio = FixedPoint.saturated(across * 1000 / reference)
        guard ratio > Self.bound else { return [] }
        return small.sorted().map {
            Exclusion(member: seen.members[$0], reason: .minorityCluster, measured: ratio, bound: Self.bound)
        }
    }

    /// The last two groups of average linkage, the larger first.
    private static func twoGroups(_ distances: [[Int64]]) -> (large: [Int], small: [Int]) {
        var groups = distances.indices.map { [$0] }
        while groups.count > 2 {
            var best: (sum: Int128, pairs: Int128, a: Int, b: Int)?
            for a in groups.indices {
                for b in groups.indices where b > a {
                    let sum = linkage(groups[a], groups[b], distances)
                    let pairs = Int128(groups[a].count * groups[b].count)
                    // Means compared by cross-multiplication: exact.
                    if let known = best, sum * known.pairs >= known.sum * pairs { continue }
                    best = (sum, pairs, a, b)
                }
            }
            guard let best else { break }
            groups[best.a] += groups[best.b]
            groups.remove(at: best.b)
        }
        return groups[0].count >= groups[1].count ? (groups[0], groups[1]) : (groups[1], groups[0])
    }

    private static func linkage(_ a: [Int], _ b: [Int], _ distances: [[Int64]]) -> Int128 {
        a.reduce(Int128(0)) { sum, i in b.reduce(sum) { $0 + Int128(distances[i][$1]) } }
    }
}
