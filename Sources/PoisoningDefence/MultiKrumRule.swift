/// Points at updates that lie far from even their nearest neighbours: Krum scores on unit directions.
///
/// Score: root mean squared distance to the `n − c − 2` nearest others. Multi-Krum always drops the worst c, attacked
/// or not; here a score must stand out, by more than 3 robust standard deviations (at least 0.1 each) above the median,
/// so that nobody is dropped from a clean round. Figures in thousandths of one. Source: Blanchard et al. 2017, "Machine
/// learning with adversaries: Byzantine tolerant gradient descent", section 4.
package struct MultiKrumRule: PoisoningRule {
    package static let name = PoisoningRuleName.multiKrum
    static let bound: Int64 = 3000

    package init() {}

    package func judge(
        _ sketches: [MemberSketch], geometry: SketchGeometry, policy: DefencePolicy
    ) -> [Exclusion] {
        guard sketches.count >= 3 else { return [] }
        let seen = SketchDirections(sketches)
        let distances = seen.cosineDistances()
        let neighbours = max(1, sketches.count - policy.corruptible - 2)
        let scores = distances.indices.map { i -> Int64 in
            var others = distances[i]
            others.remove(at: i)
            let nearest = others.sorted().prefix(neighbours)
            // The squared distance of unit vectors is 2·(1 − cos).
            return FixedPoint.root(2 * nearest.reduce(0, +) / Int64(nearest.count))
        }
        let deviations = FixedPoint.robustDeviations(scores, floor: FixedPoint.one / 10)
        return zip(seen.members, deviations).compactMap { member, deviation in
            deviation > Self.bound
                ? Exclusion(member: member, reason: .multiKrum, measured: deviation, bound: Self.bound) : nil
        }
    }
}
