/// What events cost so far: an (ε, δ) bound and who computed it.
package struct PrivacySpend: Sendable, Hashable, Codable {
    package let epsilon: Double
    package let delta: Double
    /// Name of the accountant that computed ε.
    package let accountant: String

    package init(epsilon: Double, delta: Double, accountant: String) {
        self.epsilon = epsilon
        self.delta = delta
        self.accountant = accountant
    }
}
