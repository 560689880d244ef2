/// What a federation wants of its encryption, before a plan is made of it.
///
/// The threshold is not here: `t` changes who can open, and neither the noise nor the bytes that are planned.
package struct EncryptionWish: Sendable, Hashable {
    /// What a plan has as little of as possible.
    package enum Goal: String, Sendable, Hashable, CaseIterable {
        /// Ciphertext and a share for each member: what a hospital sends.
        case traffic
        /// The ciphertext alone: what is stored, summed and fetched again to be checked.
        case ciphertext
    }

    /// `d`.
    package var dimension: Int
    /// `n`.
    package var members: Int
    package var patientLevelPrivacy: Bool
    /// `k`; nil for each set's own.
    package var coordinates: Int?
    package var roundingTolerance: RoundingTolerance
    package var securityLevel: SecurityLevel
    package var goal: Goal
    /// The only set allowed; nil for any.
    package var set: ParameterSet?

    package init(
        dimension: Int, members: Int, patientLevelPrivacy: Bool, coordinates: Int? = nil,
        roundingTolerance: RoundingTolerance = .standard, securityLevel: SecurityLevel = .quantum128,
        goal: Goal = .traffic, set: ParameterSet? = nil
    ) {
        self.dimension = dimension
        self.members = members
        self.patientLevelPrivacy = patientLevelPrivacy
        self.coordinates = coordinates
        self.roundingTolerance = roundingTolerance
        self.securityLevel = securityLevel
        self.goal = goal
        self.set = set
    }
}
