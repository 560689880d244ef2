package import HomomorphicEncryption
package import RingArithmetic

/// Shamir's sharing of one contribution's secrets: the key polynomial a prime and value, the masks and the nonce.
///
/// All coefficients come from the contribution's own secret. Shamir, CACM 22 (1979).
package struct SecretSharing: Sendable {
    package static let nonceBytes = 32
    static let nonceLimbs = 7
    static let masksPerPrime = 2
    private static let nonceLimbBits = 40

    private let policy: SharingPolicy
    private let parameters: EncryptionParameters
    /// Rows of coefficients, the secret first.
    private var key: [Polynomial<EvaluationDomain>]
    /// For each prime and mask, coefficients.
    private var masks: [[UInt64]]
    /// For each limb, coefficients.
    private var nonce: [[UInt64]]

    package init(
        of key: OneTimeKey, nonce nonceValue: [UInt8], secret: UpdateSecret, policy: SharingPolicy,
        parameters: EncryptionParameters
    ) {
        self.policy = policy
        self.parameters = parameters
        self.key =
            [key.polynomial]
            + (1..<policy.threshold).map { power in
                Polynomial(secretStream: { secret.stream("sharing/key", power, $0) }, ring: parameters.ring)
            }
        masks = parameters.moduli.enumerated().flatMap { prime, modulus in
            let field = PrimeField(modulus: modulus)
            return (0..<Self.masksPerPrime).map { mask in
                var stream = secret.stream("sharing/mask", mask, prime)
                return (0..<policy.threshold).map { _ in field.secretValue(&stream) }
            }
        }
        let field = PrimeField(modulus: parameters.moduli[0])
        nonce = Self.limbs(nonceValue).enumerated().map { index, limb in
            var stream = secret.stream("sharing/nonce", index)
            return [limb] + (1..<policy.threshold).map { _ in field.secretValue(&stream) }
        }
    }

    /// The shares of one recipient.
    package func share(of recipient: Int) -> (key: Polynomial<EvaluationDomain>, masks: [UInt64], nonce: [UInt64]) {
        let point = policy.point(of: recipient)
        var value = key[policy.threshold - 1]
        for power in (0..<policy.threshold - 1).reversed() {
            value.multiplyAdd(point: Int(point), key[power])
        }
        let masks = masks.enumerated().map { index, coefficients in
            evaluate(coefficients, at: point, PrimeField(modulus: parameters.moduli[index / Self.masksPerPrime]))
        }
        let field = PrimeField(modulus: parameters.moduli[0])
        return (value, masks, nonce.map { evaluate($0, at: point, field) })
    }

    /// Overwrites the coefficients; the key's rows go with their storage.
    package mutating func erase() {
        key = []
        for index in masks.indices {
            zeroise(&masks[index])
        }
        for index in nonce.indices {
            zeroise(&nonce[index])
        }
    }

    private func evaluate(_ coefficients: [UInt64], at point: UInt64, _ field: PrimeField) -> UInt64 {
        coefficients.reversed().reduce(0) { field.add(field.multiply($0, point), $1) }
    }

    /// 32 bytes as seven little-endian integers of 40 bits.
    static func limbs(_ nonce: [UInt8]) -> [UInt64] {
        precondition(nonce.count == nonceBytes, "a nonce has 32 bytes")
        let padded = nonce + [0, 0, 0]
        return (0..<nonceLimbs).map { limb in
            padded[5 * limb..<5 * limb + 5].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// Nil when a limb is out of range.
    static func nonce(_ limbs: [UInt64]) -> [UInt8]? {
        guard limbs.count == nonceLimbs, limbs.allSatisfy({ $0 < 1 << UInt64(nonceLimbBits) }) else { return nil }
        let bytes = limbs.flatMap { limb in
            (0..<5).map { UInt8(truncatingIfNeeded: limb >> UInt64(8 * $0)) }
        }
        guard bytes[nonceBytes...].allSatisfy({ $0 == 0 }) else { return nil }
        return Array(bytes[..<nonceBytes])
    }
}
