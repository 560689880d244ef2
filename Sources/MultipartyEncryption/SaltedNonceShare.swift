package import HomomorphicEncryption
internal import RingArithmetic

/// A recipient's share of a dealer's nonce, with the salt that its digest was made with.
package struct SaltedNonceShare: Sendable, Hashable {
    /// Salt (32 bytes) and seven limbs (8 bytes each, little endian).
    package let bytes: [UInt8]

    static let byteCount = ShareLayout.saltBytes + 8 * SecretSharing.nonceLimbs

    /// - Throws: `SharingError` unless there are 88 bytes.
    package init(bytes: [UInt8]) throws {
        guard bytes.count == Self.byteCount else {
            throw SharingError(.malformedShare, "a nonce share has \(Self.byteCount) bytes, not \(bytes.count)")
        }
        self.bytes = bytes
    }

    init(salt: [UInt8], share: [UInt8]) {
        bytes = salt + share
    }

    /// True when the share has this digest for these addresses and context; constant in time.
    package func matches(digest: [UInt8], context: [UInt8], dealer: Int, recipient: Int) -> Bool {
        let own = SharePart.nonce.digest(
            context: context, dealer: dealer, recipient: recipient, salt: bytes[..<ShareLayout.saltBytes],
            share: bytes[ShareLayout.saltBytes...])
        return constantTimeEquals(own, digest)
    }

    var limbs: [UInt64] { LittleEndianWords.words(bytes[ShareLayout.saltBytes...]) }
}

/// The nonce behind the shares of its recipients; nil with fewer than the threshold, or when they are not on one
/// polynomial.
package func reconstructNonce(
    _ shares: [Int: SaltedNonceShare], sharing: SharingPolicy, parameters: EncryptionParameters
) -> [UInt8]? {
    let rows = shares.mapValues(\.limbs)
    let field = PrimeField(modulus: parameters.moduli[0])
    guard rows.values.allSatisfy({ $0.allSatisfy { $0 < field.modulus } }),
        case .opened(let limbs) = Reconstruction.open(rows, policy: sharing, field: field)
    else { return nil }
    return SecretSharing.nonce(limbs)
}
