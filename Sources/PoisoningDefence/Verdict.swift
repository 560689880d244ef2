/// Who counts in a round's sum, and who does not and why.
package struct Verdict: Sendable, Hashable, Codable {
    /// Members whose updates are summed, ascending.
    package let accepted: [Int]
    /// One exclusion a member left out, ascending by member.
    package let exclusions: [Exclusion]

    package init(accepted: [Int], exclusions: [Exclusion]) {
        self.accepted = accepted.sorted()
        self.exclusions = exclusions.sorted()
    }
}
