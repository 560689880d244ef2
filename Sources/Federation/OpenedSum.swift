import HomomorphicEncryption
package import Ledger
import MultipartyEncryption
package import SecureAggregation

/// The opened sum of the accepted updates and the candidate model it makes.
package struct OpenedSum: Sendable {
    package let key: KeySum
    package let decryptedDigest: Digest
    /// Of the decrypted sum, padding included.
    package let sketch: [Int64]
    package let candidate: [Float]
    /// Helpers whose answers are not on the polynomial that opened the sum: left out.
    package let liars: [Int]

    /// With more than t answers lies are corrected: the t answers, first in order, under which the sum's noise is
    /// within its bound open it. Under a false key each of the N coefficients of a block is within it by chance alone,
    /// about once in Δ / (24·σ·√|V|), and there are at least two blocks (PROTOCOL, integrity of openings, (R)).
    ///
    /// - Parameter block: gives the packed blocks of the encrypted sum by index; asked for in order, one at a time, and
    ///   again for another key.
    /// - Throws: `FederationError(.malformedMessage)` when no t answers open the sum; the lattice layer's error when
    ///   answers that agree do not; what `block` throws.
    package init(
        decrypting block: (Int) throws -> [UInt8], with answers: [Int: KeyShareSum], contributors: Int,
        in round: ClosedRound, over base: [Float], under agreement: Agreement, with publics: PublicDerivations
    ) throws {
        let parameters = agreement.encryption
        let sharing = try agreement.sharing
        let opening = DecryptedBlocks(
            parameters: parameters, polynomials: publics.polynomials(federation: round.federation, seed: round.seed),
            families: publics.families(federation: round.federation, seed: round.seed, beacon: round.beacon),
            contributors: contributors, base: base, clipNorm: agreement.clipNorm)
        func keySum(of helpers: [Int]) -> KeySum? {
            KeySum.reconstruct(
                answers.filter { helpers.contains($0.key) }, sharing: sharing, parameters: parameters)
        }
        func attempt(_ helpers: [Int]) throws -> (key: KeySum, sum: DecryptedBlocks.Outcome)? {
            guard let key = keySum(of: helpers) else { return nil }
            do {
                return (key, try opening.outcome(of: block, with: key))
            } catch is AggregationError {
                // The wrong helpers: their noise shows it.
                return nil
            }
        }
        let helpers = answers.keys.sorted()
        let sum: DecryptedBlocks.Outcome
        if let common = keySum(of: helpers) {
            (key, sum, liars) = (common, try opening.outcome(of: block, with: common), [])
        } else {
            var found: (honest: [Int], opened: (key: KeySum, sum: DecryptedBlocks.Outcome))?
            for subset in helpers.subsets(of: sharing.threshold).prefix(Limits.sumSubsetsMax) {
                if let opened = try attempt(subset) {
                    found = (subset, opened)
                    break
                }
            }
            guard let (honest, opened) = found else {
                throw FederationError(
                    .malformedMessage,
                    "no \(sharing.threshold) of the \(answers.count) answers to the sum opening open the sum")
            }
            (key, sum) = opened
            liars = helpers.filter { !honest.contains($0) && keySum(of: honest + [$0]) == nil }
        }
        (candidate, sketch) = (sum.candidate, sum.sketch)
        decryptedDigest = Digest.of(sum.digest, domain: "cordon/decrypted-sum/v1")
    }

    package var keyDigest: Digest { Digest.of(key.bytes, domain: "cordon/key-sum/v1") }
    package var modelDigest: Digest { modelDigestOf(candidate) }
}

/// Digest of a model: SHA-256 over its parameters as little-endian IEEE 754 single-precision numbers.
package func modelDigestOf(_ parameters: [Float]) -> Digest {
    Digest.of(pieces: ModelChunks.pieces(of: parameters), domain: "cordon/model/v1")
}
