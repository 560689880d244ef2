extension RunSummary {
    /// Plain training without a federation, on the same patients and the same test split.
    package struct Baselines: Codable, Hashable, Sendable {
        /// Each hospital on its own patients.
        package var alone: [NamedScores]
        /// All honest hospitals' patients in one place: what sharing the images would give.
        package var pooled: Scores?

        package init(alone: [NamedScores], pooled: Scores? = nil) {
            self.alone = alone
            self.pooled = pooled
        }
    }

    /// Scores with the name of whom they belong to.
    package struct NamedScores: Codable, Hashable, Sendable {
        /// Name of the hospital.
        package var name: String
        /// The test split under its own model.
        package var scores: Scores

        package init(name: String, scores: Scores) {
            self.name = name
            self.scores = scores
        }
    }
}
