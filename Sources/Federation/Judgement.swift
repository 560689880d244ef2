package import Ledger
package import PoisoningDefence

/// A verdict with the sketches it rests on.
package struct Judgement: Sendable {
    package let sketches: [MemberSketch]
    package let verdict: PoisoningDefence.Verdict
    /// Contests on the ledger that this takes into account.
    package let contestCount: Int
    /// What the rounds up to this one say of planted triggers; nil where the agreement does not ask.
    package let suspicion: TriggerSuspicion?

    package init(
        sketches: [MemberSketch], verdict: PoisoningDefence.Verdict, contestCount: Int,
        suspicion: TriggerSuspicion? = nil
    ) {
        self.sketches = sketches
        self.verdict = verdict
        self.contestCount = contestCount
        self.suspicion = suspicion
    }

    /// False when a member of U could not be judged for want of trusted answers. That is not its fault: nobody signs
    /// such a verdict, and the round is abandoned. So it is when more hospitals are suspected than may be corrupt.
    package var isDecided: Bool { !isAlarmed && !verdict.exclusions.contains { $0.reason == .missingShares } }

    /// More hospitals stand out than the agreement assumes corrupt: no set that is safe to sum is known.
    package var isAlarmed: Bool { suspicion?.isAlarmed ?? false }

    /// Digest of the opened sketches in member order.
    package var sketchesDigest: Digest {
        let words = sketches.sorted { $0.member < $1.member }
            .flatMap { [Int64($0.member)] + $0.digits + $0.noise }
            .map { $0.littleEndian }
        let bytes = words.withUnsafeBytes { Array($0) }
        return Digest.of(bytes, domain: "cordon/sketches/v1")
    }

    /// `Σ_{i∈V} y_i`: must equal the sketch of the opened sum, as integers (PROTOCOL, integrity of openings, (R)).
    package func acceptedDigitSum(count: Int) -> [Int64] {
        let accepted = Set(verdict.accepted)
        return sketches.filter { accepted.contains($0.member) }.reduce(into: [Int64](repeating: 0, count: count)) {
            sum, sketch in
            for index in sum.indices { sum[index] += sketch.digits[index] }
        }
    }
}
