/// Points, decisively, at updates of one and the same direction: copies under several names.
///
/// A pair whose cosine distance is below 0.005 *and* below a sixteenth of the median pair's; the second condition
/// spares like hospitals whose honest updates are all nearly equal. Every copy is pointed at: a commitment binds an
/// encrypted update before any is opened, so nobody can copy an honest hospital's, and those that are alike colluded.
/// Where there are more copies than corruptible hospitals, `judge` leaves the lowest members in, so that the copied
/// update counts at most that often. Figures in thousandths of thousandths (10^-6) of cosine distance; `measured` lies
/// *below* `bound`. Source: Fung et al. 2020, "The limitations of federated learning in Sybil settings" (FoolsGold),
/// cut-off raised from cosine .97, where hospitals with one class of patients look alike.
package struct DuplicateRule: PoisoningRule {
    package static let name = PoisoningRuleName.duplicates
    package static let isDecisive = true

    package init() {}

    package func judge(
        _ sketches: [MemberSketch], geometry: SketchGeometry, policy: DefencePolicy
    ) -> [Exclusion] {
        guard sketches.count >= 3 else { return [] }
        let seen = SketchDirections(sketches)
        let distances = seen.cosineDistances()
        let pairs = distances.indices.flatMap { i in distances[i][(i + 1)...] }
        let bound = min(FixedPoint.one / 200, FixedPoint.median(pairs) / 16)
        return seen.members.indices.compactMap { i in
            var others = distances[i]
            others.remove(at: i)
            guard let nearest = others.min(), nearest < bound else { return nil }
            return Exclusion(
                member: seen.members[i], reason: .duplicate, measured: Self.millionths(nearest),
                bound: Self.millionths(bound) + 1)
        }
    }

    private static func millionths(_ distance: Int64) -> Int64 { distance * 1_000_000 / FixedPoint.one }
}
