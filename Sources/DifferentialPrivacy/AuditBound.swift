import Foundation

/// The lower bound on ε that one audited run proves: Steinke, Nasr and Jagielski 2023, "Privacy auditing with one (1)
/// training run", arXiv 2305.08846, theorem 5.2 and appendix D.
///
/// Of `canaries` examples, each in the training set on the toss of a fair coin, the auditor guesses at `guesses` and is
/// right in `correct`. Under (ε, δ)-privacy the number of right guesses is all but dominated by that of `guesses` coins
/// of chance e^ε/(1 + e^ε); an ε under which so many would be too unlikely is refuted.
package struct AuditBound: Sendable, Hashable {
    package let canaries: Int
    package let guesses: Int
    package let correct: Int

    package init(canaries: Int, guesses: Int, correct: Int) {
        precondition(correct >= 0 && guesses >= correct && canaries >= guesses && guesses > 0)
        self.canaries = canaries
        self.guesses = guesses
        self.correct = correct
    }

    /// The largest ε that is refuted with this confidence at `delta`; 0 if none is.
    /// - Parameter confidence: the chance, at least, that the bound is below the true ε of the audited program.
    package func epsilon(delta: Double, confidence: Double) -> Double {
        precondition((0..<1).contains(delta) && confidence > 0 && confidence < 1)
        let level = 1 - confidence
        guard chance(epsilon: 0, delta: delta) < level else { return 0 }
        var (low, high) = (0.0, 1.0)
        while chance(epsilon: high, delta: delta) < level { (low, high) = (high, high * 2) }
        while high - low > 1e-9 {
            let middle = (low + high) / 2
            if chance(epsilon: middle, delta: delta) < level { low = middle } else { high = middle }
        }
        return low
    }

    /// An upper bound on the chance of so many right guesses under (ε, δ)-privacy.
    func chance(epsilon: Double, delta: Double) -> Double {
        let right = -log1p(exp(-epsilon))
        let wrong = -epsilon + right
        func mass(_ count: Int) -> Double {
            var sign: Int32 = 0
            let (n, k) = (Double(guesses), Double(count))
            let choose = lgamma_r(n + 1, &sign) - lgamma_r(k + 1, &sign) - lgamma_r(n - k + 1, &sign)
            return exp(choose + k * right + (n - k) * wrong)
        }
        let beta = (correct...guesses).reduce(0.0) { $0 + mass($1) }
        var (alpha, sum) = (0.0, 0.0)
        for below in stride(from: 1, through: correct, by: 1) {
            sum += mass(correct - below)
            alpha = max(alpha, sum / Double(below))
        }
        return min(1, beta + alpha * delta * 2 * Double(canaries))
    }
}
