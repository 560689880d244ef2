import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SecureAggregation

/// One round among honest members at the size of the benchmark; everything is drawn from fixed keys.
struct BenchmarkFederation {
    static let clipNorm = 1.0

    let parameters: EncryptionParameters
    let sharing: SharingPolicy
    /// Hospitals that may lie, `c`.
    let corruptible: Int
    let federation = Array("encryption benchmark".utf8)
    let seed: [UInt8] = [1]
    let beacon = [UInt8](repeating: 2, count: 32)
    let recipientKeys: [OneTimeRecipientKey]

    /// - Parameter set: nil takes the plan with the least traffic, shares included.
    init(dimension: Int, members: Int, set: ParameterSet?) throws {
        if let set {
            parameters = try EncryptionParameters(
                set: set, dimension: dimension, members: members, patientLevelPrivacy: false)
        } else {
            parameters = try EncryptionParameters.plan(
                dimension: dimension, members: members, patientLevelPrivacy: false)
        }
        corruptible = (members - 1) / 3
        sharing = try SharingPolicy(members: members, threshold: (members + corruptible) / 2 + 1)
        recipientKeys = try (0..<members).map { member in
            var generator = KeyedStream(key: [3], label: "recipient", indices: [UInt64(member)])
            return try OneTimeRecipientKey(seed: generator.bytes(32))
        }
    }

    func context(_ member: Int) -> DealingContext {
        DealingContext(federation: federation, seed: seed, member: member)
    }

    func publicPolynomials(keepingBlocks: Bool = true) -> PublicPolynomials {
        PublicPolynomials(
            parameters: parameters, federation: federation, seed: seed, keepingBlocks: keepingBlocks)
    }

    /// Floats of a member's update, uniform, of L2 norm about 0.9 of the clipping norm.
    func update(of member: Int) -> [Float] {
        var generator = KeyedStream(key: [4], label: "update", indices: [UInt64(member)])
        let scale = Float(0.9 * Self.clipNorm * (3 / Double(parameters.dimension)).squareRoot())
        return (0..<parameters.dimension).map { _ in
            Float(Int32(truncatingIfNeeded: generator.next())) * scale * 0x1p-31
        }
    }

    func integers(_ update: [Float], of member: Int) -> [Int64] {
        var generator = KeyedStream(key: [5], label: "rounding", indices: [UInt64(member)])
        return quantise(
            update, clipNorm: Self.clipNorm, normBound: parameters.normBound, using: &generator)
    }

    func deal(_ values: [Int64], by member: Int, polynomials: PublicPolynomials) throws -> Dealing {
        var generator = KeyedStream(key: [6], label: "dealing", indices: [UInt64(member)])
        return try Dealing(
            update: values, parameters: parameters, sharing: sharing, polynomials: polynomials,
            context: context(member), using: &generator)
    }

    /// Sealed bytes for every recipient.
    func sealed(_ dealing: Dealing) throws -> [[UInt8]] {
        try recipientKeys.indices.map { recipient in
            try seal(
                dealing.share(for: recipient).bytes, to: recipientKeys[recipient].publicKey, info: [UInt8(recipient)])
        }
    }
}
