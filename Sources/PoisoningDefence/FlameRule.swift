/// Points at everybody outside the majority cluster of cosine distances, as FLAME does.
///
/// FLAME runs HDBSCAN with clusters of more than half of the updates and one sample a core. That is single linkage:
/// the cluster is what is connected at the smallest distance at which more than half are (`FlameOracleTests` compares
/// with scikit-learn). It drops somebody from most clean rounds of unlike hospitals (`Documentation/
/// PoisoningDefence.md`), which is why the standard ensemble has `ClusterRule` instead. FLAME's clipping to the median
/// norm is a weight, and its noise the agreement's: see `FlameClipping`. Figures in thousandths of that distance.
/// Source: Nguyen et al. 2022, "FLAME: taming backdoors in federated learning", section 4.
package struct FlameRule: PoisoningRule {
    package static let name = PoisoningRuleName.flame

    package init() {}

    package func judge(
        _ sketches: [MemberSketch], geometry: SketchGeometry, policy: DefencePolicy
    ) -> [Exclusion] {
        guard sketches.count >= 3 else { return [] }
        let seen = SketchDirections(sketches)
        let distances = seen.cosineDistances()
        let (majority, reach) = Self.majority(distances)
        return seen.members.indices.filter { !majority.contains($0) }.map { index in
            let nearest = majority.map { distances[index][$0] }.min() ?? 0
            return Exclusion(
                member: seen.members[index], reason: .minorityCluster,
                measured: FixedPoint.saturated(
                    (Int128(nearest) * 1000 + Int128(reach)) / Int128(max(1, reach))),
                bound: 1000)
        }
    }

    /// The component of more than half of all that appears first as links grow, and the length of its last link.
    static func majority(_ distances: [[Int64]]) -> (members: Set<Int>, reach: Int64) {
        let count = distances.count
        var component = Array(0..<count)
        var links: [(distance: Int64, a: Int, b: Int)] = []
        for a in 0..<count { for b in 0..<a { links.append((distances[a][b], a, b)) } }
        links.sort { ($0.distance, $0.a, $0.b) < ($1.distance, $1.a, $1.b) }
        var reach: Int64?
        for link in links {
            // Equal links count together: the order of members does not matter.
            if let reach, link.distance > reach { break }
            let (old, new) = (component[link.a], component[link.b])
            guard old != new else { continue }
            for index in 0..<count where component[index] == old { component[index] = new }
            if component.count(where: { $0 == new }) > count / 2 { reach = link.distance }
        }
        let largest = Dictionary(grouping: 0..<count) { component[$0] }.values.max { $0.count < $1.count } ?? []
        return (Set(largest), reach ?? 0)
    }
}
