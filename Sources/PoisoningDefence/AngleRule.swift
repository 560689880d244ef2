/// Points at updates that point away from where most others point.
///
/// Distance `√(2 − 2·cos)` on the unit sphere to the coordinate-wise median of the unit directions; more than 3 robust
/// standard deviations (at least 0.1 each) beyond the median distance. Figures in thousandths of one. Coordinate-wise
/// median: Yin et al. 2018, "Byzantine-robust distributed learning", arXiv 1803.01498; cosine to a trusted centre: Cao
/// et al. 2021, FLTrust.
package struct AngleRule: PoisoningRule {
    package static let name = PoisoningRuleName.angle
    static let bound: Int64 = 3000

    package init() {}

    package func judge(
        _ sketches: [MemberSketch], geometry: SketchGeometry, policy: DefencePolicy
    ) -> [Exclusion] {
        guard sketches.count >= 3 else { return [] }
        let seen = SketchDirections(sketches)
        guard let cosines = seen.cosinesToMedian(leavingOut: false) else { return [] }
        let chords = cosines.map { FixedPoint.root(2 * (FixedPoint.one - $0)) }
        let deviations = FixedPoint.robustDeviations(chords, floor: FixedPoint.one / 10)
        return zip(seen.members, deviations).compactMap { member, deviation in
            deviation > Self.bound
                ? Exclusion(member: member, reason: .angleOutlier, measured: deviation, bound: Self.bound) : nil
        }
    }
}
