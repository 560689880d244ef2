import Ledger

extension RoundPhase {
    /// What the round waits for, in words.
    var words: String {
        switch self {
        case .commit: "hospitals train and commit encrypted updates"
        case .reveal: "nonces are revealed, for the beacon"
        case .sketch: "sketches are opened"
        case .verdict: "the verdict is drawn and signed"
        case .sum: "the sum of the accepted is opened"
        case .report: "the sum is checked block by block"
        case .vote: "hospitals vote on the model"
        }
    }

    var name: String { "\(self)" }
}

extension AbandonReason {
    var words: String {
        switch self {
        case .tooFewCommitments: "too few commitments"
        case .tooFewReveals: "too few reveals"
        case .tooFewAccepted: "too few accepted"
        case .deadline: "a deadline passed"
        }
    }
}

extension RollbackReason {
    var words: String {
        switch self {
        case .reportMismatch: "hospitals recomputed the sum and found another"
        case .sketchOfSumMismatch: "the accepted sketches do not add up to that of the sum"
        case .votedDown: "voted down"
        case .deadline: "reports or votes did not complete in time"
        }
    }
}

extension RoundState {
    /// How the round ended, or where it stands: a class of the style sheet and words.
    func outcome(names: (Author) -> String) -> (className: String, words: String) {
        switch ending {
        case nil: ("running", "open, in phase \(phase.name)")
        case .published: ("published", "published")
        case .rolledBack(let reason, let accused):
            ("failed", "rolled back: \(reason.words)" + (accused.map { "; accused: \(names($0))" } ?? ""))
        case .abandoned(let phase, let reason): ("failed", "abandoned in phase \(phase.name): \(reason.words)")
        }
    }
}

extension Verdict.Exclusion {
    /// What the rule compared, in words.
    var figures: String {
        details.count == 2 && details[1] > 0
            ? "\(details[0]) against a bound of \(details[1])" : details.map(String.init).joined(separator: ", ")
    }
}
