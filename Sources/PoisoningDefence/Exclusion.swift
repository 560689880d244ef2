/// One hospital left out of a round's sum, and the figure that decided it.
///
/// `measured` and `bound` are in the same unit: raw integers for contract rules (digit; norm in the update's integers;
/// root mean square noise), thousandths for the poisoning rules (of a robust standard deviation, a ratio, or a cosine
/// distance, as each rule says), 0 and 0 where a reason has no figure. Both are floors or ceilings of what was
/// compared, rounded so that an excluded hospital's `measured` exceeds its `bound` (for duplicates: lies below it).
package struct Exclusion: Sendable, Hashable, Codable, Comparable {
    package let member: Int
    package let reason: ExclusionReason
    package let measured: Int64
    package let bound: Int64

    package init(member: Int, reason: ExclusionReason, measured: Int64 = 0, bound: Int64 = 0) {
        self.member = member
        self.reason = reason
        self.measured = measured
        self.bound = bound
    }

    /// By member, then by reason.
    package static func < (left: Exclusion, right: Exclusion) -> Bool {
        (left.member, left.reason.rawValue, left.measured) < (right.member, right.reason.rawValue, right.measured)
    }
}
