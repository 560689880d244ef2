import FederationSetup

/// What one hospital's way in came to.
struct Outcome: Sendable {
    let name: String
    let agreement: SignedAgreement?
    let failure: (any Error)?

    /// The agreement; throws what the way in threw.
    func get() throws -> SignedAgreement? {
        if let failure { throw failure }
        return agreement
    }
}
