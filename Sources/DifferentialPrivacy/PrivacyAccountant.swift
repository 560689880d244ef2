/// Prices composed privacy events as an (ε, δ) bound.
package protocol PrivacyAccountant: Sendable {
    /// The method's name as it stands in a statement.
    var name: String { get }

    /// Adds an event, adaptively composed with all before it.
    /// - Throws: `PrivacyError`, leaving the accountant as it was, if the event is invalid or not supported.
    mutating func compose(_ event: PrivacyEvent) throws

    /// An ε such that everything composed so far is (ε, `delta`)-differentially private; infinite if none is known.
    /// - Parameter delta: in (0, 1).
    func epsilon(delta: Double) -> Double
}

extension PrivacyAccountant {
    /// Composes several events, or none of them if one is refused.
    package mutating func compose(_ events: [PrivacyEvent]) throws {
        try compose(.composed(events))
    }
}

/// The tightest accountant here that supports `events`, with them composed.
///
/// Full-batch Gaussian noise has an exact price (`GaussianAccountant`); anything else is priced by `PLDAccountant`.
package func tightestAccountant(for events: [PrivacyEvent]) throws -> any PrivacyAccountant {
    if try PrivacyRelease.flatten(.composed(events)).allSatisfy(\.isFullBatch) {
        var accountant = GaussianAccountant()
        try accountant.compose(events)
        return accountant
    }
    var accountant = PLDAccountant()
    try accountant.compose(events)
    return accountant
}
