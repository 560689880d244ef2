package import Report

/// What one round came to, in the few figures that fit on a line.
package struct RoundProgress: Hashable, Sendable {
    package let number: Int
    package let rounds: Int
    package let outcome: RunSummary.RoundOutcome
    /// Why the round was abandoned or rolled back.
    package let reason: String?
    /// Accuracy on the test split; nil when the round published nothing.
    package let accuracy: Double?
    package let auc: Double?
    /// Number of hospitals whose updates are in the sum.
    package let accepted: Int
    package let excluded: [RunSummary.Exclusion]
    package let absent: [String]
    package let seconds: Double

    package init(
        number: Int, rounds: Int, outcome: RunSummary.RoundOutcome, reason: String? = nil, accuracy: Double?,
        auc: Double?, accepted: Int, excluded: [RunSummary.Exclusion], absent: [String] = [], seconds: Double
    ) {
        self.number = number
        self.rounds = rounds
        self.outcome = outcome
        self.reason = reason
        self.accuracy = accuracy
        self.auc = auc
        self.accepted = accepted
        self.excluded = excluded
        self.absent = absent
        self.seconds = seconds
    }
}
