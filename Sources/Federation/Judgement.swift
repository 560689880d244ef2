package import Ledger
package import PoisoningDefence

/// A verdict with the sketches it rests on.
package struct Judgement: Sendable {
    package let sketches: [MemberSketch]
    package let verdict: PoisoningDefence.Verdict
    /// Contests on the ledger that this takes into account.
    package let contestCount: Int

    package init(sketches: [MemberSketch], verdict: PoisoningDefence.Verdict, contestCount: Int) {
        self.sketches = sketches
        self.verdict = verdict
        self.contestCount = contestCount
    }

    /// False when a member of U could not be judged for want of trusted answers. That is not its fault: nobody signs
    /// such a verdict, and the round is abandoned.
    package var isDecided: Bool { !verdict.exclusions.contains { $0.reason == .missingShares } }

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
