/// Points, decisively, at updates scaled up to take over the model (model replacement).
///
/// An update that `NormRule` points at and that is also at least 3 times the median norm; or at least 2.5 times and
/// turned away from the others: its cosine to the median of the *others'* directions below 0.9 of the typical one. A
/// large honest hospital is large along the consensus. Figures in thousandths of the median norm. Attack: Bagdasaryan
/// et al. 2020, "How to backdoor federated learning", section 4.
package struct ScaleRule: PoisoningRule {
    package static let name = PoisoningRuleName.scale
    package static let isDecisive = true
    static let bound: Int64 = 3000
    static let boundAgainstConsensus: Int64 = 2500

    package init() {}

    package func judge(
        _ sketches: [MemberSketch], geometry: SketchGeometry, policy: DefencePolicy
    ) -> [Exclusion] {
        guard sketches.count >= 3 else { return [] }
        let seen = SketchDirections(sketches)
        let median = FixedPoint.median(seen.norms)
        let deviations = NormRule.deviations(seen.norms)
        guard median > 0, deviations.contains(where: { $0 > NormRule.bound }) else { return [] }
        let cosines = seen.cosinesToMedian(leavingOut: true)
        let typical = max(FixedPoint.median(cosines ?? []), FixedPoint.one / 1000)
        return seen.members.indices.compactMap { i in
            guard deviations[i] > NormRule.bound else { return nil }
            let ratio = FixedPoint.saturated(Int128(seen.norms[i]) * 1000 / Int128(median))
            let turnedAway = cosines.map { 10 * $0[i] < 9 * typical } ?? false
            let bound = turnedAway ? Self.boundAgainstConsensus : Self.bound
            return ratio > bound
                ? Exclusion(member: seen.members[i], reason: .scaledUpdate, measured: ratio, bound: bound) : nil
        }
    }
}
