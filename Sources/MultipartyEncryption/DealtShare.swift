package import HomomorphicEncryption
package import RingArithmetic

/// What one dealer gives one recipient: shares of its key, its masks and its nonce, each with a salt.
package struct DealtShare: Sendable, CustomStringConvertible {
    package let dealer: Int
    package let recipient: Int
    package private(set) var bytes: [UInt8]
    private let layout: ShareLayout
    private let ring: RingContext

    /// - Throws: `SharingError` when the length is wrong, an address is not a member or a value is not below its prime.
    package init(bytes: [UInt8], parameters: EncryptionParameters) throws {
        let layout = ShareLayout(parameters)
        guard bytes.count == layout.byteCount else {
            throw SharingError(
                .malformedShare,
                "a dealt share has \(layout.byteCount) bytes under these parameters, not \(bytes.count)")
        }
        let addresses = LittleEndianWords.words(bytes[0..<8])[0]
        let dealer = Int(addresses & 0xFFFF_FFFF)
        let recipient = Int(addresses >> 32)
        guard dealer < parameters.members, recipient < parameters.members else {
            throw SharingError(
                .malformedShare,
                "a dealt share names dealer \(dealer) and recipient \(recipient) among \(parameters.members) members")
        }
        let masks = LittleEndianWords.words(bytes[layout.masks])
        let nonce = LittleEndianWords.words(bytes[layout.nonce])
        let inRange =
            masks.enumerated().allSatisfy { $1 < parameters.moduli[$0 / SecretSharing.masksPerPrime] }
            && nonce.allSatisfy { $0 < parameters.moduli[0] }
        guard inRange, Polynomial<EvaluationDomain>(packed: bytes[layout.key], ring: parameters.ring) != nil else {
            throw SharingError(
                .malformedShare, "a share from dealer \(dealer) to recipient \(recipient) has a value out of range")
        }
        self.dealer = dealer
        self.recipient = recipient
        self.bytes = bytes
        self.layout = layout
        ring = parameters.ring
    }

    /// A share as the dealer makes it; salts have 32 bytes each, in the order key, mask, nonce.
    package init(
        dealer: Int, recipient: Int, key: Polynomial<EvaluationDomain>, masks: [UInt64], nonce: [UInt64],
        salts: [[UInt8]], parameters: EncryptionParameters
    ) {
        self.dealer = dealer
        self.recipient = recipient
        layout = ShareLayout(parameters)
        ring = parameters.ring
        bytes =
            LittleEndianWords.bytes([UInt64(dealer) | UInt64(recipient) << 32]) + key.packed()
            + LittleEndianWords.bytes(masks) + LittleEndianWords.bytes(nonce) + salts.joined()
        precondition(bytes.count == layout.byteCount, "the parts of a share have the lengths of its parameters")
    }

    /// True when the share is the one that the dealer committed to, in this context; constant in time.
    package func matches(_ commitment: ShareCommitment, context: [UInt8]) -> Bool {
        constantTimeEquals(ShareCommitment(to: self, context: context).bytes, commitment.bytes)
    }

    /// The nonce share with its salt, to be shown when the dealer withholds its nonce.
    package var noncePart: SaltedNonceShare {
        SaltedNonceShare(salt: Array(bytes[layout.salt(.nonce)]), share: Array(bytes[layout.nonce]))
    }

    /// The share of the key polynomial.
    package var key: Polynomial<EvaluationDomain> {
        guard let polynomial = Polynomial<EvaluationDomain>(packed: bytes[layout.key], ring: ring) else {
            preconditionFailure("a share was checked when it was made, or used after it was erased")
        }
        return polynomial
    }

    /// Two mask shares a prime.
    var masks: [UInt64] { LittleEndianWords.words(bytes[layout.masks]) }

    func digest(_ part: SharePart, context: [UInt8]) -> [UInt8] {
        part.digest(
            context: context, dealer: dealer, recipient: recipient, salt: bytes[layout.salt(part)],
            share: bytes[layout.range(part)])
    }

    /// Overwrites the share. Copies made before keep theirs.
    package mutating func erase() {
        zeroise(&bytes)
    }

    /// Addresses only, never the share.
    package var description: String { "DealtShare(dealer: \(dealer), recipient: \(recipient))" }
}
