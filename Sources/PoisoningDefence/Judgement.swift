/// The verdict over opened sketches: a deterministic function that everybody recomputes before signing.
///
/// Contract rules exclude whoever breaks one. Then the poisoning rules point: a member is left out if two of them do,
/// or one by twice its bound, or a decisive one. The poisoning rules together exclude at most c members, the most
/// suspicious first (decisive, then largest measured/bound, then the higher member), and never shrink the accepted set
/// below max(⌊n/2⌋ + 1, c + 2); the contract rules may, and the round is then abandoned. The order of `sketches` is
/// immaterial. Under the assumption of at most c corrupt hospitals, whoever is pointed at beyond the c-th is honest.
/// - Parameters:
///   - sketches: one a member, `k·F` digits and `k` noises each.
///   - alreadyExcluded: members who left in an earlier phase; their sketches, if any, are not looked at.
package func judge(
    _ sketches: [MemberSketch], geometry: SketchGeometry, policy: DefencePolicy,
    alreadyExcluded: [Exclusion] = []
) -> Verdict {
    precondition(Set(sketches.map(\.member)).count == sketches.count, "two sketches of one member")
    for sketch in sketches {
        precondition(sketch.digits.count == geometry.coordinates * geometry.fields, "digits do not fit the geometry")
        precondition(sketch.noise.count == geometry.coordinates, "noises do not fit the geometry")
    }
    var exclusions: [Int: Exclusion] = [:]
    for exclusion in alreadyExcluded.sorted() where exclusions[exclusion.member] == nil {
        exclusions[exclusion.member] = exclusion
    }
    var remaining = sketches.filter { exclusions[$0.member] == nil }.sorted { $0.member < $1.member }
    if policy.contractRules {
        for sketch in remaining {
            exclusions[sketch.member] = ContractRules.broken(by: sketch, geometry: geometry)
        }
        remaining.removeAll { exclusions[$0.member] != nil }
    }
    // Whoever broke a rule of the protocol counts against c: the soft rules look for no more cheats than there can be.
    // Whoever was only silent does not count.
    let cheats = exclusions.values.count { $0.reason != .missingShares && $0.reason != .withheldNonce }
    let room = max(0, min(policy.corruptible - cheats, remaining.count - policy.minimumAccepted))
    let suspects = suspects(remaining, geometry: geometry, policy: policy).sorted(by: >)
    for suspect in suspects.prefix(room) { exclusions[suspect.exclusion.member] = suspect.exclusion }
    return Verdict(
        accepted: remaining.map(\.member).filter { exclusions[$0] == nil }, exclusions: Array(exclusions.values))
}

/// A member that the poisoning rules would leave out, with the most telling of their reasons.
private struct Suspect: Comparable {
    let decisive: Bool
    /// measured/bound in thousandths.
    let margin: Int64
    let exclusion: Exclusion

    static func < (left: Suspect, right: Suspect) -> Bool {
        if left.decisive != right.decisive { return right.decisive }
        return (left.margin, left.exclusion.member, right.exclusion.reason.rawValue)
            < (right.margin, right.exclusion.member, left.exclusion.reason.rawValue)
    }
}

private func suspects(
    _ sketches: [MemberSketch], geometry: SketchGeometry, policy: DefencePolicy
) -> [Suspect] {
    var pointings: [Int: [Suspect]] = [:]
    for name in policy.rules {
        let rule = name.rule
        let decisive = type(of: rule).isDecisive
        for exclusion in rule.judge(sketches, geometry: geometry, policy: policy) {
            // A duplicate's figure lies below its bound.
            let (larger, smaller) =
                exclusion.reason == .duplicate
                ? (exclusion.bound, exclusion.measured) : (exclusion.measured, exclusion.bound)
            let margin = FixedPoint.saturated(Int128(larger) * 1000 / Int128(max(1, smaller)))
            pointings[exclusion.member, default: []].append(
                Suspect(decisive: decisive, margin: margin, exclusion: exclusion))
        }
    }
    // With a single voting rule in the agreement its vote alone must do.
    let votesNeeded = min(2, policy.rules.filter { !type(of: $0.rule).isDecisive }.count)
    return pointings.values.compactMap { pointing in
        guard let strongest = pointing.max() else { return nil }
        let convicted =
            strongest.decisive || strongest.margin >= 2000
            || pointing.filter { !$0.decisive }.count >= votesNeeded
        return convicted ? strongest : nil
    }
}
