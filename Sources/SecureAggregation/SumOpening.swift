package import HomomorphicEncryption
internal import RingArithmetic

/// Decryption of `Σ c_i` with `Σ s_i`, block after block; holds one block.
///
/// `SumExport` lets Microsoft SEAL open the same sum.
package struct SumOpening: Sendable {
    private let parameters: EncryptionParameters
    private let polynomials: PublicPolynomials
    private let secret: Polynomial<EvaluationDomain>
    private let noiseBound: UInt64
    private let contributors: Int
    private var block: Polynomial<CoefficientDomain>
    private var opened = 0
    private let width: IntegerWidth
    private var transcript = TranscriptHash(domain: "cordon/decrypted-sum/v3")

    /// - Throws: `AggregationError` when key, polynomials and parameters are not of one federation.
    package init(
        key: KeySum, polynomials: PublicPolynomials, contributors: Int, parameters: EncryptionParameters
    ) throws {
        guard polynomials.parameters == parameters,
            let secret = Polynomial<EvaluationDomain>(packed: key.bytes, ring: parameters.ring)
        else {
            throw AggregationError(.inconsistentParameters, "key, polynomials and parameters are not of one federation")
        }
        self.parameters = parameters
        self.polynomials = polynomials
        self.secret = secret
        self.contributors = contributors
        noiseBound = EncryptionParameters.squaredSumNoiseBound(contributors: contributors)
        block = Polynomial(ring: parameters.ring)
        // Digits are within W/2: the parameters alone say how many bytes hold them.
        width = IntegerWidth(magnitudes: parameters.fieldWidth / 2)
        transcript.begin(integers: parameters.coefficients * parameters.fields, width: width)
    }

    /// Opens the next block of the encrypted sum.
    ///
    /// - Returns: its digits, `N·F` integers; those behind the last parameter are the padding.
    /// - Throws: `AggregationError` when the bytes are malformed or one too many, a noise value exceeds
    ///   `12·σ·√contributors` or a digit half the field width.
    package mutating func open(_ bytes: [UInt8]) throws -> [Int64] {
        guard opened < parameters.blocks else {
            throw AggregationError(.malformed, "an encrypted sum has more than \(parameters.blocks) blocks")
        }
        guard block.unpack(bytes) else {
            throw PackedBlocks.malformed(index: opened, what: "an encrypted sum", parameters: parameters)
        }
        block -= polynomials[opened].multiplied(by: secret).interpolated()
        let decoded = polynomials.packing.decode(block)
        guard decoded.noise.allSatisfy({ $0.magnitude < 1 << 31 && $0.magnitude * $0.magnitude <= noiseBound })
        else {
            throw AggregationError(
                .noiseOutOfBounds,
                "block \(opened) of the decrypted sum is noisier than \(contributors) honest contributions can be: "
                    + "the key sum or the encrypted sum is wrong")
        }
        guard decoded.digits.allSatisfy({ $0.magnitude <= parameters.fieldWidth / 2 }) else {
            throw AggregationError(
                .digitOutOfBounds,
                "block \(opened) of the decrypted sum holds an integer that \(parameters.members) contributions "
                    + "within their bound cannot reach")
        }
        transcript.extend(with: decoded.digits, width: width)
        opened += 1
        return decoded.digits
    }

    /// Digest of all digits, padding included.
    ///
    /// - Throws: `AggregationError` when blocks are missing.
    package consuming func digest() throws -> [UInt8] {
        guard opened == parameters.blocks else {
            throw AggregationError(
                .malformed, "an encrypted sum has \(parameters.blocks) blocks, not \(opened)")
        }
        return transcript.digest()
    }
}
