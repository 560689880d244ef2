package import Ledger
import MultipartyEncryption
import PoisoningDefence
import SecureAggregation

/// The outcome of a hospital's checks of one opened sum (PROTOCOL, integrity of the sum, (R)).
package struct SumCheck: Sendable {
    package let round: UInt32
    /// Blocks whose recomputed sum equals the posted one, with its digest.
    package let agreeing: [UInt32: Digest]
    /// Blocks whose recomputed sum differs, with the digest this hospital observed.
    package let differing: [UInt32: Digest]
    /// Whether key sum, decrypted sum and `Σ y_i = sketch(M)` all hold as posted.
    package let sumHolds: Bool
    /// The candidate model, if the sum holds.
    package let candidate: [Float]?

    package static func checking(_ sum: SumToCheck, under agreement: Agreement, with publics: PublicDerivations)
        -> SumCheck
    {
        var agreeing: [UInt32: Digest] = [:]
        var differing: [UInt32: Digest] = [:]
        for block in sum.assigned.keys.sorted() {
            let chunks = (sum.assigned[block] ?? []).sorted { $0.member < $1.member }.map(\.chunk)
            guard
                let recomputed = try? EncryptedSum.block(Int(block), of: chunks, parameters: agreement.encryption),
                sum.blocks.indices.contains(Int(block))
            else { continue }
            if recomputed == sum.blocks[Int(block)] {
                agreeing[block] = chunkDigest(recomputed)
            } else {
                differing[block] = chunkDigest(recomputed)
            }
        }
        let candidate = differing.isEmpty ? openedCandidate(of: sum, under: agreement, with: publics) : nil
        return SumCheck(
            round: sum.round.round, agreeing: agreeing, differing: differing, sumHolds: candidate != nil,
            candidate: candidate)
    }

    /// The candidate model when the decrypted sum is the posted one and agrees with the opened sketches; else nil.
    private static func openedCandidate(
        of sum: SumToCheck, under agreement: Agreement, with publics: PublicDerivations
    ) -> [Float]? {
        guard merkleRoot(ofChunks: sum.blocks) == sum.posted.encryptedRoot,
            let encrypted = try? EncryptedSum(blocks: sum.blocks, parameters: agreement.encryption),
            let opened = try? OpenedSum(
                decrypting: encrypted, with: sum.keyAnswers, contributors: sum.judgement.verdict.accepted.count,
                in: sum.round, over: sum.base, under: agreement, with: publics),
            opened.keyDigest == sum.posted.keyDigest, opened.decryptedDigest == sum.posted.decryptedDigest,
            opened.agrees(with: sum.judgement, in: sum.round, with: publics)
        else { return nil }
        return opened.candidate
    }
}

extension OpenedSum {
    /// `Σ_{i∈V} y_i = sketch(M)` as integers.
    package func agrees(with judgement: Judgement, in round: ClosedRound, with publics: PublicDerivations) -> Bool {
        let families = publics.families(federation: round.federation, seed: round.seed, beacon: round.beacon)
        let sketch = families.sketch(of: decrypted)
        return sketch == judgement.acceptedDigitSum(count: sketch.count)
    }
}
