import Foundation

/// Warner's randomised response for one-bit votes: an ε-differentially private bit.
///
/// The true bit is kept with probability `p = e^ε/(1 + e^ε)` and turned otherwise. Source: Warner 1965; Dwork and Roth
/// 2014, section 3.2. Replacing the voter's whole held-out set changes one bit, so the vote costs ε of those patients.
package struct RandomisedResponse: Sendable, Hashable {
    package let epsilon: Double
    package let keepProbability: Double

    /// A word below this keeps the bit; rounded down, so that the bit is never kept too often.
    private let keepThreshold: UInt64

    /// - Throws: `PrivacyError` unless ε is in (0, 30]; more than 30 would be no randomisation at all.
    package init(epsilon: Double) throws {
        guard epsilon > 0, epsilon <= 30 else {
            throw PrivacyError(.invalidParameter, "randomised-response epsilon \(epsilon) is not in (0, 30]")
        }
        self.epsilon = epsilon
        keepProbability = 1 / (1 + exp(-epsilon))
        // 53 bits of the probability, one unit in the last place down.
        keepThreshold = UInt64((keepProbability * 0x1p53).rounded(.down) - 1) << 11
    }

    /// The vote as sent: `bit` with `keepProbability`, else its opposite. Draws exactly one word.
    package func respond(_ bit: Bool, using generator: inout some RandomNumberGenerator) -> Bool {
        (generator.next() < keepThreshold) == bit
    }

    /// Probability that a good candidate is rolled back by noise: at least `quorum` of `voters` say "against".
    ///
    /// `P[Bin(voters − against, 1 − p) + Bin(against, p) ≥ quorum]`, where `against` voters truly are against it.
    /// - Parameters:
    ///   - voters: votes cast, not negative. quorum: votes against that roll back, at least 1.
    ///   - truthfullyAgainst: voters whose true vote is already against, at most `voters`.
    package func falseRollbackProbability(voters: Int, quorum: Int, truthfullyAgainst: Int = 0) -> Double {
        precondition(voters >= 0 && quorum >= 1 && (0...voters).contains(truthfullyAgainst), "votes out of range")
        // The distribution of the number of votes against, one voter at a time: sums of positive terms only.
        var distribution = [1.0]
        for voter in 0..<voters {
            let probability = voter < truthfullyAgainst ? keepProbability : 1 / (1 + exp(epsilon))
            var next = [Double](repeating: 0, count: distribution.count + 1)
            for (votes, mass) in distribution.enumerated() {
                next[votes] += mass * (1 - probability)
                next[votes + 1] += mass * probability
            }
            distribution = next
        }
        guard quorum <= voters else { return 0 }
        return min(1, distribution[quorum...].reversed().reduce(0, +))
    }
}
