package import HomomorphicEncryption
internal import RingArithmetic
package import SEALInterchange

/// A round's encrypted sum and key sum as objects of Microsoft SEAL, so that a hospital can check the sum with a tool
/// that is not ours.
///
/// CKKS of the same ring opens `c_0 + c_1·s` without rounding: with `c_0 = Σc_i`, `c_1 = −a` and `s = Σs_i` that is the
/// phase `Δ·Σm_i + Σe_i`. SEAL's plaintext is its number-theoretic transform, and its scale is `Δ`.
package struct SumExport: Sendable {
    /// The ring's primes, and one more that SEAL wants for keys alone.
    package let parameters: SEALParameters
    private let encryption: EncryptionParameters
    private let secret: SEALPlaintext

    /// - Throws: `AggregationError` when the key sum is no sum of keys, `InterchangeError` when SEAL has no such ring.
    package init(key: KeySum, parameters: EncryptionParameters) throws {
        let ring = parameters.ring
        let step = UInt64(2 * ring.degree)
        let primes = PrimeSearch.largest(ring.moduli.count + 1, below: 1 << 47, congruentToOneModulo: step)
        let extra = primes[ring.moduli.count]
        self.parameters = try SEALParameters(
            scheme: .ckks, degree: ring.degree, moduli: ring.moduli + [extra], plainModulus: 0)
        encryption = parameters
        guard let sum = Polynomial<EvaluationDomain>(packed: key.bytes, ring: ring) else {
            throw AggregationError(.malformed, "the key sum is not of these parameters")
        }
        // A secret is at most 41 in size, so the sum of keys is small, and known modulo every other prime.
        let bound = UInt64(41 * parameters.members)
        let modulus = ring.moduli[0]
        let coefficients = sum.interpolated()[0]
        guard coefficients.allSatisfy({ min($0, modulus - $0) <= bound }) else {
            throw AggregationError(.malformed, "the key sum is larger than \(parameters.members) keys can be")
        }
        var last = Polynomial<CoefficientDomain>(ring: RingContext(degree: ring.degree, moduli: [extra]))
        last[0] = coefficients.map { $0 <= bound ? $0 : extra - (modulus - $0) }
        let rows = ring.moduli.indices.flatMap { sum[$0] } + last.evaluated()[0]
        secret = try SEALPlaintext(parameters: self.parameters, primes: primes.count, words: rows)
    }

    /// What SEAL's `SecretKey::load` reads.
    package func secretKey(version: SEALVersion = .v43) throws -> [UInt8] {
        try secret.serialised(version: version)
    }

    /// One block of the encrypted sum, as SEAL's `Ciphertext::load` reads it.
    ///
    /// - Throws: `AggregationError` when the block is malformed.
    package func ciphertext(
        block: [UInt8], index: Int, polynomials: PublicPolynomials, version: SEALVersion = .v43
    ) throws -> [UInt8] {
        let ring = encryption.ring
        let sum = try PackedBlocks.unpacked(block, index: index, what: "an encrypted sum", parameters: encryption)
            .evaluated()
        var negated = Polynomial<EvaluationDomain>(ring: ring)
        negated -= polynomials[index]
        return try SEALCiphertext(
            parameters: parameters, primes: ring.moduli.count, isEvaluated: true, scale: Double(encryption.scale),
            words: ring.moduli.indices.flatMap { sum[$0] } + ring.moduli.indices.flatMap { negated[$0] }
        ).serialised(version: version)
    }

    /// The integers, F a coefficient, in a plaintext that SEAL opened.
    ///
    /// - Throws: `InterchangeError` when the bytes are not such a plaintext.
    package func integers(inPlaintext bytes: [UInt8]) throws -> [Int64] {
        let plaintext = try SEALPlaintext(serialised: bytes, parameters: parameters)
        let ring = encryption.ring
        guard plaintext.primes == ring.moduli.count else {
            throw AggregationError(.malformed, "the opened plaintext has \(plaintext.primes) primes")
        }
        var values = Polynomial<EvaluationDomain>(ring: ring)
        for prime in ring.moduli.indices {
            values[prime] = Array(plaintext.words[prime * ring.degree..<(prime + 1) * ring.degree])
        }
        return encryption.makePacking().decode(values.interpolated()).digits
    }
}
