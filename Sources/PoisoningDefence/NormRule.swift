/// Points at updates that are unusually large among the others.
///
/// `(‖u‖ − median)/max(1.4826·MAD, 0.2·median) > 3.5`, one-sided: a small update does no harm. Figures in thousandths
/// of a robust standard deviation. Norm filtering against boosted updates: Sun et al. 2019, "Can you really backdoor
/// federated learning?", arXiv 1911.07963; cut-off 3.5 of Iglewicz and Hoaglin 1993.
package struct NormRule: PoisoningRule {
    package static let name = PoisoningRuleName.norm
    static let bound: Int64 = 3500

    package init() {}

    package func judge(
        _ sketches: [MemberSketch], geometry: SketchGeometry, policy: DefencePolicy
    ) -> [Exclusion] {
        guard sketches.count >= 3 else { return [] }
        let seen = SketchDirections(sketches)
        return zip(seen.members, Self.deviations(seen.norms)).compactMap { member, deviation in
            deviation > Self.bound
                ? Exclusion(member: member, reason: .normOutlier, measured: deviation, bound: Self.bound) : nil
        }
    }

    /// Deviations in thousandths; all zero when the median update is zero and sizes mean nothing.
    static func deviations(_ norms: [Int64]) -> [Int64] {
        let median = FixedPoint.median(norms)
        guard median > 0 else { return norms.map { _ in 0 } }
        return FixedPoint.robustDeviations(norms, floor: median / 5)
    }
}
