/// A deterministic integer function from the sketches of a round, and of earlier rounds where it remembers, to weights.
package protocol WeightRule: Sendable {
    /// Weights of the updates in their weighted sum, in units of `WeightScale.one`; they need not add up to one.
    ///
    /// - Parameter sketches: in ascending order of members.
    mutating func weights(_ sketches: [MemberSketch], policy: DefencePolicy) -> [Int64]
}

/// The unit of weights.
package enum WeightScale {
    package static let one = FixedPoint.one
}
