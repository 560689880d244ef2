internal import Crypto
package import RingArithmetic

/// The one secret of one hospital's contribution to one round, from which everything random in it is derived.
///
/// `K = HKDF-SHA256(64 random bytes; SHA-256(H(m), seed, federation, member))`: a replayed generator or a restored
/// backup gives the same `K` only for the same message, so one secret never serves two messages.
package struct UpdateSecret: Sendable {
    private var key: [UInt8]

    /// - Parameters:
    ///   - message: digest of the integers.
    ///   - context: what the contribution is bound to: seed, federation and member.
    package init(message: [UInt8], context: [UInt8], using generator: inout some CryptographicGenerator) {
        var material = [UInt8](repeating: 0, count: 64)
        generator.fill(&material)
        var info = TranscriptHash(domain: "cordon/update-secret/v1")
        info.append(message)
        info.append(context)
        let derived = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: material), info: info.digest(), outputByteCount: 32)
        key = derived.withUnsafeBytes { Array($0) }
        zeroise(&material)
    }

    /// The stream of one purpose, block and prime.
    package func stream(_ label: String, _ indices: Int...) -> KeyedStream {
        precondition(!key.isEmpty, "an erased secret derives nothing")
        return KeyedStream(key: key, label: label, indices: indices.map { UInt64($0) })
    }

    package mutating func erase() {
        zeroise(&key)
        key = []
    }
}
