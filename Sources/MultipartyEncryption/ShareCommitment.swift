internal import RingArithmetic

/// The salted digests of one recipient's shares, bound to context, dealer and recipient.
package struct ShareCommitment: Sendable, Hashable {
    package let key: [UInt8]
    package let mask: [UInt8]
    package let nonce: [UInt8]

    /// The three digests, 96 bytes.
    package var bytes: [UInt8] { key + mask + nonce }

    /// - Throws: `SharingError` unless there are 96 bytes.
    package init(bytes: [UInt8]) throws {
        guard bytes.count == 96 else {
            throw SharingError(.malformedShare, "a share commitment has 96 bytes, not \(bytes.count)")
        }
        key = Array(bytes[0..<32])
        mask = Array(bytes[32..<64])
        nonce = Array(bytes[64..<96])
    }

    /// The commitment to a share.
    package init(to share: DealtShare, context: [UInt8]) {
        key = share.digest(.key, context: context)
        mask = share.digest(.mask, context: context)
        nonce = share.digest(.nonce, context: context)
    }
}
