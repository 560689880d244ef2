package import HomomorphicEncryption
package import MultipartyEncryption
internal import RingArithmetic

/// The sum of the accepted hospitals' one-time keys, the only key that is ever put together.
package struct KeySum: Sendable, Hashable {
    /// 47-bit residues in evaluation domain, rows by prime.
    package let bytes: [UInt8]

    /// - Throws: `AggregationError` when the length is wrong or a residue is not below its prime.
    package init(bytes: [UInt8], parameters: EncryptionParameters) throws {
        self.bytes = try KeyShareSum(bytes: bytes, parameters: parameters).bytes
    }

    private init(_ polynomial: Polynomial<EvaluationDomain>) {
        bytes = polynomial.packed()
    }

    /// Nil with fewer than the threshold of answers, or when more than the threshold are not on one polynomial.
    package static func reconstruct(
        _ answers: [Int: KeyShareSum], sharing: SharingPolicy, parameters: EncryptionParameters
    ) -> KeySum? {
        let ring = parameters.ring
        let polynomials = answers.compactMapValues { Polynomial<EvaluationDomain>(packed: $0.bytes, ring: ring) }
        guard polynomials.count == answers.count else { return nil }
        var sum = Polynomial<EvaluationDomain>(ring: ring)
        for (prime, modulus) in parameters.moduli.enumerated() {
            let rows = polynomials.mapValues { $0[prime] }
            let field = PrimeField(modulus: modulus)
            guard case .opened(let row) = Reconstruction.open(rows, policy: sharing, field: field) else { return nil }
            sum[prime] = row
        }
        return KeySum(sum)
    }
}
