import DifferentialPrivacy
import Foundation

/// Guesses of who took part, on the highest and the lowest scores, half and half. Their number follows from the claim
/// alone, as the theorem of `AuditBound` asks: four times the e^ε that would have to be right in a row to refute it,
/// and 100 at least.
struct MembershipGuesses {
    let candidates: Int
    let guesses: Int
    let correct: Int

    init(scores: [Double], takesPart: [Bool], claimedEpsilon: Double) {
        let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
        let each = Int(min(Double(scores.count / 2), max(50, (2 * exp(min(claimedEpsilon, 50))).rounded(.up))))
        candidates = scores.count
        guesses = 2 * each
        correct = order.prefix(each).count { !takesPart[$0] } + order.suffix(each).count { takesPart[$0] }
    }

    /// The ε that so many right guesses refute, and what it would be had all of them been right.
    func bound(delta: Double, confidence: Double, allCorrect: Bool = false) -> Double {
        AuditBound(canaries: candidates, guesses: guesses, correct: allCorrect ? guesses : correct)
            .epsilon(delta: delta, confidence: confidence)
    }
}
