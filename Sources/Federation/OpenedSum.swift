import HomomorphicEncryption
package import Ledger
package import SecureAggregation

/// The opened sum of the accepted updates and the candidate model it makes.
package struct OpenedSum: Sendable {
    package let encrypted: EncryptedSum
    package let key: KeySum
    package let decrypted: DecryptedSum
    package let candidate: [Float]

    /// - Throws: `FederationError(.malformedMessage)` when more than t answers disagree; the lattice layer's error when
    ///   the noise of the sum is over its bound.
    package init(
        decrypting sum: EncryptedSum, with answers: [Int: KeyShareSum], contributors: Int, in round: ClosedRound,
        over base: [Float], under agreement: Agreement, with publics: PublicDerivations
    ) throws {
        let parameters = agreement.encryption
        guard let key = KeySum.reconstruct(answers, sharing: try agreement.sharing, parameters: parameters) else {
            throw FederationError(
                .malformedMessage, "the \(answers.count) answers to the sum opening lie on no single polynomial")
        }
        let decrypted = try DecryptedSum.open(
            sum, with: key, polynomials: publics.polynomials(federation: round.federation, seed: round.seed),
            contributors: contributors, parameters: parameters)
        let mean = dequantise(
            decrypted.values, clipNorm: agreement.clipNorm, normBound: parameters.normBound,
            divisor: Double(contributors))
        encrypted = sum
        self.key = key
        self.decrypted = decrypted
        candidate = base.indices.map { base[$0] + mean[$0] }
    }

    package var keyDigest: Digest { Digest.of(key.bytes, domain: "cordon/key-sum/v1") }
    package var decryptedDigest: Digest { Digest.of(decrypted.digest, domain: "cordon/decrypted-sum/v1") }
    package var modelDigest: Digest { modelDigestOf(candidate) }
}

/// Digest of a model: SHA-256 over its parameters as little-endian IEEE 754 single-precision numbers.
package func modelDigestOf(_ parameters: [Float]) -> Digest {
    let words = parameters.map { $0.bitPattern.littleEndian }
    return Digest.of(words.withUnsafeBytes { Array($0) }, domain: "cordon/model/v1")
}
