extension RunSummary {
    /// A simulated attack and how far it came.
    package struct Attack: Codable, Hashable, Sendable {
        /// Name of the attack.
        package var name: String
        /// Names of the malicious hospitals; empty when the coordinator is the attacker.
        package var attackers: [String]
        /// What the attacker wanted, in words.
        package var aim: String
        /// Accuracy of the same run without the attack, when measured.
        package var cleanAccuracy: Double?
        /// Share of triggered images that get the attacker's label.
        package var backdoorSuccess: Double?
        /// Share of images that are right when clean and wrong with the trigger.
        package var excessBackdoorSuccess: Double?
        /// Rounds in which the attacker contributed.
        package var roundsAttacked: Int
        /// Rounds in which the attacker was excluded or accused by name.
        package var roundsDetected: Int
        /// Rounds by the reason under which the attacker was named.
        package var detectedBy: [String: Int]
        /// Exclusions of honest hospitals over the whole run: the price of the defence.
        package var honestExclusions: Int

        package init(
            name: String, attackers: [String], aim: String, cleanAccuracy: Double? = nil,
            backdoorSuccess: Double? = nil, excessBackdoorSuccess: Double? = nil, roundsAttacked: Int,
            roundsDetected: Int, detectedBy: [String: Int] = [:], honestExclusions: Int
        ) {
            self.name = name
            self.attackers = attackers
            self.aim = aim
            self.cleanAccuracy = cleanAccuracy
            self.backdoorSuccess = backdoorSuccess
            self.excessBackdoorSuccess = excessBackdoorSuccess
            self.roundsAttacked = roundsAttacked
            self.roundsDetected = roundsDetected
            self.detectedBy = detectedBy
            self.honestExclusions = honestExclusions
        }
    }
}
