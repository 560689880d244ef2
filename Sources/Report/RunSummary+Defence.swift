extension RunSummary {
    /// Poisoning detection of the run.
    package struct Defence: Codable, Hashable, Sendable {
        /// Whether verdicts could exclude a hospital.
        package var isOn: Bool
        /// The rules in the order in which they decide.
        package var rules: [String]

        package init(isOn: Bool, rules: [String]) {
            self.isOn = isOn
            self.rules = rules
        }
    }
}
