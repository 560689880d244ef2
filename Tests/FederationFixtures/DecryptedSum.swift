package import HomomorphicEncryption
package import SecureAggregation

/// The sum of the accepted updates' integers, exactly and as a whole: what block by block openings come to.
package struct DecryptedSum: Sendable, Hashable {
    /// `d` integers.
    package let values: [Int64]
    /// What the contributions left behind the last parameter: zeros, unless a hospital put something there.
    package let padding: [Int64]
    /// Of values and padding.
    package let digest: [UInt8]

    /// Decrypts `Σ c_i` with `Σ s_i`.
    ///
    /// - Throws: `AggregationError` when a noise value exceeds `12·σ·√contributors` or a digit half the field width: a
    ///   wrong key sum or a malformed sum. Silence does not show that the coordinator added nothing; block reports do.
    package static func open(
        _ sum: EncryptedSum, with key: KeySum, polynomials: PublicPolynomials, contributors: Int,
        parameters: EncryptionParameters
    ) throws -> DecryptedSum {
        var opening = try SumOpening(
            key: key, polynomials: polynomials, contributors: contributors, parameters: parameters)
        let digits = try sum.blocks.flatMap { try opening.open($0) }
        return DecryptedSum(
            values: Array(digits.prefix(parameters.dimension)), padding: Array(digits.dropFirst(parameters.dimension)),
            digest: try opening.digest())
    }
}
