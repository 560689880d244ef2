import Foundation
package import Ledger
import MultipartyEncryption
import PoisoningDefence
package import SecureAggregation

/// Everything the openings of one round rest on: helpers' signed answers and the linear parts of the ciphertexts.
package struct GatheredAnswers: Sendable {
    /// Answers by helper, as each signed them.
    package let answers: [Int: OpeningAnswers]
    /// Linear part of each well-formed ciphertext of U, by dealer.
    package let linearParts: [Int: SketchLinearPart]
    /// Members of U whose chunks are no ciphertext; each backed by evidence that was checked.
    package let malformed: [Int]
    /// That evidence, where these answers were gathered: hospitals are sent it.
    let evidence: [ChunkEvidence]
    /// Members that fell out so far, and why.
    let exclusions: [Exclusion]

    package init(
        answers: [Int: OpeningAnswers], linearParts: [Int: SketchLinearPart], malformed: [Int],
        evidence: [ChunkEvidence] = []
    ) {
        self.init(
            answers: answers, linearParts: linearParts, malformed: malformed, evidence: evidence, exclusions: [])
    }

    init(
        answers: [Int: OpeningAnswers], linearParts: [Int: SketchLinearPart], malformed: [Int],
        evidence: [ChunkEvidence] = [], exclusions: [Exclusion]
    ) {
        self.answers = answers
        self.linearParts = linearParts
        self.malformed = malformed
        self.evidence = evidence
        self.exclusions = exclusions
    }

    /// Opening 1, *consistency*: a dealer whose shares lie on no polynomial of degree t−1 leaves by name.
    func withoutInconsistentDealers(of round: ClosedRound, under agreement: Agreement) -> GatheredAnswers {
        guard let sharing = try? agreement.sharing else { preconditionFailure("an agreement's sharing was checked") }
        let challenge = ConsistencyChallenge(parameters: agreement.encryption, beacon: round.beacon.bytes)
        var found = exclusions
        let out = Set(exclusions.map(\.member))
        for dealer in round.members where !out.contains(dealer) {
            if malformed.contains(dealer) {
                found.append(Exclusion(member: dealer, reason: .malformedCiphertext, measured: 0, bound: 0))
            } else {
                let theirs = answers.compactMapValues { $0.consistency[dealer] }
                if theirs.count < sharing.threshold {
                    found.append(
                        Exclusion(
                            member: dealer, reason: .missingShares, measured: Int64(theirs.count),
                            bound: Int64(sharing.threshold)))
                } else if !challenge.isConsistent(theirs, sharing: sharing) {
                    found.append(Exclusion(member: dealer, reason: .inconsistentSharing, measured: 1, bound: 0))
                }
            }
        }
        return GatheredAnswers(answers: answers, linearParts: linearParts, malformed: malformed, exclusions: found)
    }

    /// Opening 2, *sketch*: `k·F` digits of each remaining update, exact linear functionals of shared secrets.
    func openedSketches(of round: ClosedRound, under agreement: Agreement, with publics: PublicDerivations)
        -> OpenedSketches
    {
        guard let sharing = try? agreement.sharing else { preconditionFailure("an agreement's sharing was checked") }
        let families = publics.families(federation: round.federation, seed: round.seed, beacon: round.beacon)
        let out = Set(exclusions.map(\.member))
        var sketches: [MemberSketch] = []
        var found = exclusions
        for dealer in round.members where !out.contains(dealer) {
            guard let linear = linearParts[dealer] else { continue }
            let theirs = answers.compactMapValues { $0.sketches[dealer] }
            switch families.open(linear, theirs, sharing: sharing) {
            case .opened(let sketch):
                sketches.append(MemberSketch(member: dealer, digits: sketch.digits, noise: sketch.noise))
            case .offPolynomial:
                found.append(Exclusion(member: dealer, reason: .offPolynomial, measured: 1, bound: 0))
            case .tooFewAnswers:
                found.append(
                    Exclusion(
                        member: dealer, reason: .missingShares, measured: Int64(theirs.count),
                        bound: Int64(sharing.threshold)))
            }
        }
        return OpenedSketches(sketches: sketches, exclusions: found)
    }

    /// Digest of every answer and linear part, in a fixed order, for the ledger.
    package var digest: Digest {
        var bytes: [UInt8] = []
        for helper in answers.keys.sorted() {
            guard let answer = answers[helper] else { continue }
            bytes += [UInt8(truncatingIfNeeded: helper)]
            for dealer in answer.consistency.keys.sorted() { bytes += answer.consistency[dealer]?.bytes ?? [] }
            for dealer in answer.sketches.keys.sorted() { bytes += answer.sketches[dealer]?.bytes ?? [] }
        }
        for dealer in linearParts.keys.sorted() { bytes += linearParts[dealer]?.bytes ?? [] }
        return Digest.of(bytes, domain: "cordon/opening-answers/v1")
    }
}
