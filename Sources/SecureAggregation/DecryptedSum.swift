package import HomomorphicEncryption
internal import RingArithmetic

/// The sum of the accepted updates' integers, exactly. `SumExport` lets Microsoft SEAL open the same sum.
package struct DecryptedSum: Sendable, Hashable {
    /// `d` integers.
    package let values: [Int64]
    /// What the contributions left behind the last parameter: zeros, unless a hospital put something there.
    package let padding: [Int64]
    /// Of values and padding.
    package let digest: [UInt8]

    private init(digits: [Int64], dimension: Int) {
        values = Array(digits.prefix(dimension))
        padding = Array(digits.dropFirst(dimension))
        var transcript = TranscriptHash(domain: "cordon/decrypted-sum/v1")
        transcript.append(
            digits.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> Int64(8 * $0)) } })
        digest = transcript.digest()
    }

    /// Decrypts `Σ c_i` with `Σ s_i`.
    ///
    /// - Throws: `AggregationError` when a noise value exceeds `10·σ·√contributors` or a digit half the field width: a
    ///   wrong key sum or a malformed sum. Silence does not show that the coordinator added nothing; block reports do.
    package static func open(
        _ sum: EncryptedSum, with key: KeySum, polynomials: PublicPolynomials, contributors: Int,
        parameters: EncryptionParameters
    ) throws -> DecryptedSum {
        guard polynomials.parameters == parameters,
            let secret = Polynomial<EvaluationDomain>(packed: key.bytes, ring: parameters.ring)
        else {
            throw AggregationError(.inconsistentParameters, "key, polynomials and parameters are not of one federation")
        }
        let blocks = try PackedBlocks.unpacked(sum.blocks, what: "an encrypted sum", parameters: parameters)
        // 10·σ·√|V|, squared: 100 · 20.5 · |V|.
        let noiseBound = UInt64(2050) * UInt64(contributors)
        var digits: [Int64] = []
        digits.reserveCapacity(parameters.coefficients * parameters.fields)
        for (index, block) in blocks.enumerated() {
            var phase = block
            phase -= polynomials[index].multiplied(by: secret).interpolated()
            let decoded = polynomials.packing.decode(phase)
            guard decoded.noise.allSatisfy({ $0.magnitude < 1 << 31 && $0.magnitude * $0.magnitude <= noiseBound })
            else {
                throw AggregationError(
                    .noiseOutOfBounds,
                    "block \(index) of the decrypted sum is noisier than \(contributors) honest contributions can be: "
                        + "the key sum or the encrypted sum is wrong")
            }
            guard decoded.digits.allSatisfy({ $0.magnitude <= parameters.fieldWidth / 2 }) else {
                throw AggregationError(
                    .digitOutOfBounds,
                    "block \(index) of the decrypted sum holds an integer that \(parameters.members) contributions "
                        + "within their bound cannot reach")
            }
            digits.append(contentsOf: decoded.digits)
        }
        return DecryptedSum(digits: digits, dimension: parameters.dimension)
    }
}
