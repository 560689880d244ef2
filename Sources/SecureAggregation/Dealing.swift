package import HomomorphicEncryption
package import MultipartyEncryption
package import RingArithmetic

/// One hospital's contribution to one round: the encrypted update, the shares of its one-time key and the commitments
/// to them.
///
/// Everything random in it derives from one secret, which derives from the generator and the update itself. The shares
/// stay available until `erase`, so that the dealer can contest a wrong answer.
package struct Dealing: Sendable {
    package let update: EncryptedUpdate
    /// One a member, in order.
    package let commitments: [ShareCommitment]
    package let nonceDigest: [UInt8]
    package private(set) var nonce: [UInt8]
    private var shares: [DealtShare]

    /// - Parameter values: `d` integers with L2 norm at most `B`.
    /// - Throws: `AggregationError` for another number of integers, a larger norm, or a policy for other members.
    package init(
        update values: [Int64], parameters: EncryptionParameters, sharing: SharingPolicy,
        polynomials: PublicPolynomials, context: DealingContext, using generator: inout some CryptographicGenerator
    ) throws {
        let bound = UInt128(parameters.normBound.magnitude)
        guard IntegerNorm.squared(values) <= bound * bound else {
            throw AggregationError(
                .updateOutOfBounds,
                "the norm of the update exceeds \(parameters.normBound); quantise it with that bound")
        }
        try self.init(
            values, nil, parameters: parameters, sharing: sharing, polynomials: polynomials, context: context,
            using: &generator)
    }

    /// A contribution that breaks the protocol, for attackers in simulations and tests. Never for a real update.
    package static func insecure_malformed(
        _ malformation: Malformation, update values: [Int64], parameters: EncryptionParameters, sharing: SharingPolicy,
        polynomials: PublicPolynomials, context: DealingContext, using generator: inout some CryptographicGenerator
    ) throws -> Dealing {
        try Dealing(
            values, malformation, parameters: parameters, sharing: sharing, polynomials: polynomials, context: context,
            using: &generator)
    }

    private init(
        _ values: [Int64], _ malformation: Malformation?, parameters: EncryptionParameters, sharing: SharingPolicy,
        polynomials: PublicPolynomials, context: DealingContext, using generator: inout some CryptographicGenerator
    ) throws {
        guard values.count == parameters.dimension, values.allSatisfy({ $0.magnitude < 1 << 46 }) else {
            throw AggregationError(
                .updateOutOfBounds,
                "an update has \(parameters.dimension) integers below 2^46 in size; this one has \(values.count)")
        }
        guard sharing.members == parameters.members, polynomials.parameters == parameters,
            (0..<sharing.members).contains(context.member)
        else {
            throw AggregationError(
                .inconsistentParameters, "parameters, policy, public polynomials and member are not of one federation")
        }
        let binding = context.bytes
        var secret = UpdateSecret(message: Self.digest(of: values), context: binding, using: &generator)
        var nonceStream = secret.stream("nonce")
        let nonce = nonceStream.bytes(SecretSharing.nonceBytes)
        let key = OneTimeKey(secret: secret, parameters: parameters)
        update = Self.encrypt(values, malformation, key: key, secret: secret, polynomials: polynomials)

        var sharedKey = key
        if malformation == .foreignKey {
            var other = UpdateSecret(message: nonce, context: binding, using: &generator)
            sharedKey = OneTimeKey(secret: other, parameters: parameters)
            other.erase()
        }
        var dealt = SecretSharing(
            of: sharedKey, nonce: nonce, secret: secret, policy: sharing, parameters: parameters)
        shares = (0..<sharing.members).map { recipient in
            var share = dealt.share(of: recipient)
            if case .inconsistentShare(recipient, let prime, let coefficient) = malformation {
                var row = share.key[prime]
                row[coefficient] = PrimeField(modulus: parameters.moduli[prime]).add(row[coefficient], 1)
                share.key[prime] = row
            }
            let salts = (0..<3).map { part in
                var stream = secret.stream("salt", recipient, part)
                return stream.bytes(32)
            }
            return DealtShare(
                dealer: context.member, recipient: recipient, key: share.key, masks: share.masks, nonce: share.nonce,
                salts: salts, parameters: parameters)
        }
        commitments = shares.map { ShareCommitment(to: $0, context: binding) }
        nonceDigest = context.nonceDigest(of: nonce)
        self.nonce = nonce
        dealt.erase()
        secret.erase()
    }

    /// A contribution as it was kept: commitments and digests follow from shares and nonce.
    package init(update: EncryptedUpdate, nonce: [UInt8], shares: [DealtShare], context: DealingContext) {
        let binding = context.bytes
        self.update = update
        self.nonce = nonce
        self.shares = shares
        commitments = shares.map { ShareCommitment(to: $0, context: binding) }
        nonceDigest = context.nonceDigest(of: nonce)
    }

    /// The share of one recipient, to seal or to contest with.
    package func share(for recipient: Int) -> DealtShare {
        precondition(shares.indices.contains(recipient), "shares are available until they are erased, one a member")
        return shares[recipient]
    }

    /// Overwrites shares and nonce.
    package mutating func erase() {
        for index in shares.indices {
            shares[index].erase()
        }
        shares = []
        zeroise(&nonce)
    }

    private static func encrypt(
        _ values: [Int64], _ malformation: Malformation?, key: OneTimeKey, secret: UpdateSecret,
        polynomials: PublicPolynomials
    ) -> EncryptedUpdate {
        let parameters = polynomials.parameters
        let perBlock = parameters.fields * parameters.ringDegree
        let blocks = (0..<parameters.blocks).map { block in
            let start = min(block * perBlock, values.count)
            let end = min(start + perBlock, values.count)
            return key.encrypt(
                values[start..<end], with: polynomials[block], packing: polynomials.packing,
                errorStream: secret.stream("error", block), extra: extra(malformation, block, parameters))
        }
        return EncryptedUpdate(blocks)
    }

    private static func extra(
        _ malformation: Malformation?, _ block: Int, _ parameters: EncryptionParameters
    ) -> Polynomial<CoefficientDomain>? {
        guard case .payload(let payload) = malformation else { return nil }
        var polynomial = Polynomial<CoefficientDomain>(ring: parameters.ring)
        for prime in parameters.moduli.indices {
            var row = polynomial[prime]
            for (coefficient, residues) in payload where coefficient / parameters.ringDegree == block {
                row[coefficient % parameters.ringDegree] = residues[prime]
            }
            polynomial[prime] = row
        }
        return polynomial
    }

    /// `H(m)`: what the secret of a contribution is bound to. Integers of 4 bytes where all fit, else of 8.
    package static func digest(of values: [Int64]) -> [UInt8] {
        let width = IntegerWidth(holding: values)
        var transcript = TranscriptHash(domain: "cordon/message/v3/\(width)")
        transcript.begin(integers: values.count, width: width)
        transcript.extend(with: values, width: width)
        return transcript.digest()
    }
}
