package import Ledger
package import MultipartyEncryption
package import SecureAggregation

/// One helper's answers to the consistency and sketch openings, by dealer: linear functionals of shares it holds.
package struct OpeningAnswers: Sendable, Hashable {
    package let round: UInt32
    package let consistency: [Int: ConsistencyAnswer]
    package let sketches: [Int: SketchAnswer]

    package init(round: UInt32, consistency: [Int: ConsistencyAnswer], sketches: [Int: SketchAnswer]) {
        self.round = round
        self.consistency = consistency
        self.sketches = sketches
    }

    /// Digest of what this helper said about one dealer: names the answer in a contest.
    package func digest(about dealer: Int) -> Digest {
        let parts = [consistency[dealer]?.bytes, sketches[dealer]?.bytes]
        return Digest.of(
            parts.flatMap { part in part.map { [1] + $0 } ?? [0] }, domain: "cordon/contested-answer/v1")
    }

    /// Answers for every dealer of the closed set whose share this helper holds and checked.
    package static func answering(
        _ round: ClosedRound, holding shares: [Int: DealtShare], under agreement: Agreement,
        with publics: PublicDerivations
    ) -> OpeningAnswers {
        let challenge = ConsistencyChallenge(parameters: agreement.encryption, beacon: round.beacon.bytes)
        let families = publics.families(federation: round.federation, seed: round.seed, beacon: round.beacon)
        var consistency: [Int: ConsistencyAnswer] = [:]
        var sketches: [Int: SketchAnswer] = [:]
        for dealer in round.members {
            guard let share = shares[dealer] else { continue }
            consistency[dealer] = challenge.answer(share)
            sketches[dealer] = families.answer(share)
        }
        return OpeningAnswers(round: round.round, consistency: consistency, sketches: sketches)
    }
}
