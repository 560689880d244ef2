package import Ledger

/// How long each phase of a round may take before the others go on without whoever is silent. Milliseconds.
package struct PhaseDeadlines: Sendable, Hashable, Codable {
    package let commitMilliseconds: UInt64
    package let revealMilliseconds: UInt64
    package let sketchMilliseconds: UInt64
    package let verdictMilliseconds: UInt64
    package let sumMilliseconds: UInt64
    package let reportMilliseconds: UInt64
    package let voteMilliseconds: UInt64

    package init(
        commitMilliseconds: UInt64, revealMilliseconds: UInt64, sketchMilliseconds: UInt64,
        verdictMilliseconds: UInt64, sumMilliseconds: UInt64, reportMilliseconds: UInt64, voteMilliseconds: UInt64
    ) {
        self.commitMilliseconds = commitMilliseconds
        self.revealMilliseconds = revealMilliseconds
        self.sketchMilliseconds = sketchMilliseconds
        self.verdictMilliseconds = verdictMilliseconds
        self.sumMilliseconds = sumMilliseconds
        self.reportMilliseconds = reportMilliseconds
        self.voteMilliseconds = voteMilliseconds
    }

    /// A year; instants of a round never overflow.
    private static let millisecondsMax: UInt64 = 366 * 86_400_000

    /// Why these are no deadlines; nil when they are.
    var refusal: String? {
        let phases = [
            commitMilliseconds, revealMilliseconds, sketchMilliseconds, verdictMilliseconds, sumMilliseconds,
            reportMilliseconds, voteMilliseconds,
        ]
        return phases.allSatisfy { $0 <= Self.millisecondsMax } ? nil : "a phase has a deadline of more than a year"
    }

    /// The instants of a round that opens now.
    package func instants(from now: Instant) -> RoundDeadlines {
        let commit = now.milliseconds + commitMilliseconds
        let reveal = commit + revealMilliseconds
        let sketch = reveal + sketchMilliseconds
        let verdict = sketch + verdictMilliseconds
        let sum = verdict + sumMilliseconds
        let report = sum + reportMilliseconds
        return RoundDeadlines(
            commit: commit, reveal: reveal, sketch: sketch, verdict: verdict, sum: sum, report: report,
            vote: report + voteMilliseconds)
    }
}
