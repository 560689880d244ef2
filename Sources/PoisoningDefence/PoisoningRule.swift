/// A deterministic integer function of opened sketches that points at members whose update looks poisoned.
///
/// Every hospital and every auditor computes it for itself and must get the same answer on any machine, so no floating
/// point enters. A rule only points; `judge` decides.
package protocol PoisoningRule: Sendable {
    /// The name in an agreement.
    static var name: PoisoningRuleName { get }

    /// Whether one pointing suffices, without a second rule's vote.
    static var isDecisive: Bool { get }

    /// The members that the rule points at.
    /// - Parameter sketches: in ascending order of members, all of one geometry; three or more, else no rule points.
    func judge(_ sketches: [MemberSketch], geometry: SketchGeometry, policy: DefencePolicy) -> [Exclusion]
}

extension PoisoningRule {
    package static var isDecisive: Bool { false }
}
