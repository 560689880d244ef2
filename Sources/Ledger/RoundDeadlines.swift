/// The instants, in milliseconds of the ledger's clock, that end a round's phases. Each must exceed the one before.
package struct RoundDeadlines: Hashable, Sendable, Codable {
    /// Commitments are refused from here on; the round closes at this instant or once every member due has committed.
    package let commit: UInt64
    /// Reveals are refused from here on; then withheld nonces are opened and the beacon follows.
    package let reveal: UInt64
    /// Last instant (exclusive) for the beacon and the `sketch` entry.
    package let sketch: UInt64
    /// Last instant (exclusive) for the verdict.
    package let verdict: UInt64
    /// Last instant (exclusive) for the sum.
    package let sum: UInt64
    /// From here on a silent checker's blocks pass to every member of the accepted set.
    package let report: UInt64
    /// Votes are refused from here on; a round without a quorum may be rolled back.
    package let vote: UInt64

    package init(
        commit: UInt64, reveal: UInt64, sketch: UInt64, verdict: UInt64, sum: UInt64, report: UInt64, vote: UInt64
    ) {
        self.commit = commit
        self.reveal = reveal
        self.sketch = sketch
        self.verdict = verdict
        self.sum = sum
        self.report = report
        self.vote = vote
    }

    /// Complaints are refused from halfway between `commit` and `reveal`, so that a dealer has time to answer the last.
    package var complaint: UInt64 { commit + (reveal - commit) / 2 }

    /// Contests are refused from halfway between `sketch` and `verdict`, so that all have time to judge and sign anew.
    package var contest: UInt64 { sketch + (verdict - sketch) / 2 }

    var instants: [UInt64] { [commit, reveal, sketch, verdict, sum, report, vote] }

    var isIncreasing: Bool { zip(instants, instants.dropFirst()).allSatisfy { $0 < $1 } }
}
