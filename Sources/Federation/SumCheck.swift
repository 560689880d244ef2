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

    /// - Throws: `FederationError(.missingChunk)`: what cannot be read is neither confirmed nor denied.
    package static func checking(
        _ sum: SumToCheck, reading chunks: some ChunkSource, under agreement: Agreement,
        with publics: PublicDerivations
    ) throws(FederationError) -> SumCheck {
        var agreeing: [UInt32: Digest] = [:]
        var differing: [UInt32: Digest] = [:]
        for block in sum.assigned.keys.sorted() where sum.blocks.digests.indices.contains(Int(block)) {
            guard let recomputed = try name(ofBlock: block, in: sum, reading: chunks, under: agreement)
            else { continue }
            if recomputed == sum.blocks.digests[Int(block)] {
                agreeing[block] = recomputed
            } else {
                differing[block] = recomputed
            }
        }
        let candidate =
            differing.isEmpty ? try openedCandidate(of: sum, reading: chunks, under: agreement, with: publics) : nil
        return SumCheck(
            round: sum.round.round, agreeing: agreeing, differing: differing, sumHolds: candidate != nil,
            candidate: candidate)
    }

    /// Name of one block of the sum, added up from the accepted members' chunks; nil when one of them is no ciphertext.
    private static func name(
        ofBlock block: UInt32, in sum: SumToCheck, reading chunks: some ChunkSource, under agreement: Agreement
    ) throws(FederationError) -> Digest? {
        var total = BlockSum(block: Int(block), parameters: agreement.encryption)
        for name in sum.assigned[block] ?? [] {
            let chunk = try chunks.read(name)
            guard (try? total.add(chunk)) != nil else { return nil }
        }
        return (try? total.packed()).map(chunkDigest)
    }

    /// The candidate model when the decrypted sum is the posted one and agrees with the opened sketches; else nil.
    private static func openedCandidate(
        of sum: SumToCheck, reading chunks: some ChunkSource, under agreement: Agreement,
        with publics: PublicDerivations
    ) throws(FederationError) -> [Float]? {
        guard sum.blocks.root == sum.posted.encryptedRoot else { return nil }
        let opened: OpenedSum
        do {
            opened = try OpenedSum(
                decrypting: { try chunks.read(sum.blocks.digests[$0]) }, with: sum.keyAnswers,
                contributors: sum.judgement.verdict.accepted.count, in: sum.round, over: sum.base, under: agreement,
                with: publics)
        } catch let error as FederationError where error.code == .missingChunk {
            throw error
        } catch {
            // It does not open: a false sum or false answers.
            return nil
        }
        guard opened.keyDigest == sum.posted.keyDigest, opened.decryptedDigest == sum.posted.decryptedDigest,
            opened.agrees(with: sum.judgement)
        else { return nil }
        return opened.candidate
    }
}

extension OpenedSum {
    /// `Σ_{i∈V} y_i = sketch(M)` as integers.
    package func agrees(with judgement: Judgement) -> Bool {
        sketch == judgement.acceptedDigitSum(count: sketch.count)
    }
}
