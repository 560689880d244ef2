extension RunSummary {
    /// One hospital over the whole run. Counts of patients and images are known to the simulator only; they are
    /// never on the ledger.
    package struct Hospital: Codable, Hashable, Sendable {
        /// Name of the hospital.
        package var name: String
        /// Patients whose images it trains on.
        package var patientCount: Int
        /// Training images of each class, in the order of `classNames`.
        package var imagesPerClass: [Int]
        /// Rounds in which its update was in the sum.
        package var roundsAccepted: Int
        /// Rounds in which a rule left it out.
        package var roundsExcluded: Int
        /// Rounds in which it did not contribute.
        package var roundsAbsent: Int
        /// The simulator's truth: whether it attacked.
        package var isMalicious: Bool
        /// The published model on its own validation patients.
        package var validation: Scores?
        /// The test split under a model trained on its own patients only.
        package var alone: Scores?
        /// ε spent on its patients; absent without differential privacy.
        package var epsilonSpent: Double?
        /// δ of that guarantee.
        package var delta: Double?
        /// Bytes it sent over the whole run.
        package var bytesSent: Int

        package init(
            name: String, patientCount: Int, imagesPerClass: [Int], roundsAccepted: Int, roundsExcluded: Int,
            roundsAbsent: Int, isMalicious: Bool, validation: Scores? = nil, alone: Scores? = nil,
            epsilonSpent: Double? = nil, delta: Double? = nil, bytesSent: Int
        ) {
            self.name = name
            self.patientCount = patientCount
            self.imagesPerClass = imagesPerClass
            self.roundsAccepted = roundsAccepted
            self.roundsExcluded = roundsExcluded
            self.roundsAbsent = roundsAbsent
            self.isMalicious = isMalicious
            self.validation = validation
            self.alone = alone
            self.epsilonSpent = epsilonSpent
            self.delta = delta
            self.bytesSent = bytesSent
        }
    }
}
