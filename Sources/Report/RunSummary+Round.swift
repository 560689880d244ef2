extension RunSummary {
    /// One round, as the ledger and the evaluation saw it.
    package struct Round: Codable, Hashable, Sendable {
        /// Number of the round, from 1.
        package var number: Int
        /// How the round ended.
        package var outcome: RoundOutcome
        /// Why it was abandoned or rolled back.
        package var reason: String?
        /// Names of the hospitals whose updates are in the sum.
        package var accepted: [String]
        /// Hospitals left out by a rule, each with its reason.
        package var exclusions: [Exclusion]
        /// Hospitals that did not contribute.
        package var absent: [String]
        /// The model after this round on the test split; absent when it was not evaluated.
        package var test: Scores?
        /// The model after this round on the validation split.
        package var validation: Scores?
        /// Wall-clock seconds by phase of the round.
        package var secondsPerPhase: [String: Double]
        /// Bytes sent by phase of the round, over all parties.
        package var bytesPerPhase: [String: Int]

        package init(
            number: Int, outcome: RoundOutcome, reason: String? = nil, accepted: [String],
            exclusions: [Exclusion] = [], absent: [String] = [], test: Scores? = nil, validation: Scores? = nil,
            secondsPerPhase: [String: Double] = [:], bytesPerPhase: [String: Int] = [:]
        ) {
            self.number = number
            self.outcome = outcome
            self.reason = reason
            self.accepted = accepted
            self.exclusions = exclusions
            self.absent = absent
            self.test = test
            self.validation = validation
            self.secondsPerPhase = secondsPerPhase
            self.bytesPerPhase = bytesPerPhase
        }
    }

    /// A hospital left out of a sum, as the ledger records it.
    package struct Exclusion: Codable, Hashable, Sendable {
        /// Name of the hospital.
        package var hospital: String
        /// The rule's stable code.
        package var reason: String
        /// The rule's figures in words.
        package var detail: String

        package init(hospital: String, reason: String, detail: String) {
            self.hospital = hospital
            self.reason = reason
            self.detail = detail
        }
    }

    /// The three figures that are followed from round to round.
    package struct Scores: Codable, Hashable, Sendable {
        /// Share of images labelled correctly.
        package var accuracy: Double
        /// Area under the ROC curve; absent where a class is missing.
        package var auc: Double?
        /// Harmonic mean of precision and recall; absent where undefined.
        package var f1: Double?

        package init(accuracy: Double, auc: Double? = nil, f1: Double? = nil) {
            self.accuracy = accuracy
            self.auc = auc
            self.f1 = f1
        }
    }

    /// How a round ended.
    package enum RoundOutcome: String, Codable, Hashable, Sendable {
        /// The model of this round was published.
        case published
        /// The round ended before its sum was opened.
        case abandoned
        /// The sum was opened and the model refused.
        case rolledBack
    }
}
