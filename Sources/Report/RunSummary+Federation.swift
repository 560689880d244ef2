extension RunSummary {
    /// The federation and the fate of its rounds.
    package struct Federation: Codable, Hashable, Sendable {
        /// Number of hospitals n.
        package var hospitals: Int
        /// Hospitals t needed to open anything.
        package var threshold: Int
        /// Hospitals c that may be malicious and collude with the coordinator.
        package var corruptible: Int
        /// Rounds that were asked for.
        package var roundsPlanned: Int
        /// Rounds that ended in a published model.
        package var roundsPublished: Int
        /// Rounds that ended before the sum was opened.
        package var roundsAbandoned: Int
        /// Rounds whose sum was opened and whose model was refused.
        package var roundsRolledBack: Int

        package init(
            hospitals: Int, threshold: Int, corruptible: Int, roundsPlanned: Int, roundsPublished: Int,
            roundsAbandoned: Int, roundsRolledBack: Int
        ) {
            self.hospitals = hospitals
            self.threshold = threshold
            self.corruptible = corruptible
            self.roundsPlanned = roundsPlanned
            self.roundsPublished = roundsPublished
            self.roundsAbandoned = roundsAbandoned
            self.roundsRolledBack = roundsRolledBack
        }
    }
}
