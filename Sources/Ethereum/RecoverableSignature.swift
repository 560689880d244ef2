import CSecp256k1

/// An ECDSA signature on secp256k1 from which the signer's public key follows (SEC 1, §4.1.6).
package struct RecoverableSignature: Hashable, Sendable {
    /// 32 bytes each, big-endian.
    package let r: [UInt8]
    package let s: [UInt8]
    /// 0 or 1; 2 and 3 cannot be told apart from them by chance.
    package let recoveryIdentifier: UInt8

    /// r ‖ s ‖ v, with v = 27 or 28, as contracts take it.
    package var bytes: [UInt8] { r + s + [27 + recoveryIdentifier] }

    package init(r: [UInt8], s: [UInt8], recoveryIdentifier: UInt8) {
        self.r = r
        self.s = s
        self.recoveryIdentifier = recoveryIdentifier
    }

    /// The address whose key signed `digest`; nil when no key did.
    package func signer(of digest: [UInt8]) -> EthereumAddress? {
        guard digest.count == 32, r.count == 32, s.count == 32 else { return nil }
        var publicKey = [UInt8](repeating: 0, count: 64)
        guard cordon_secp256k1_recover(digest, r + s, Int32(recoveryIdentifier), &publicKey) == 1 else { return nil }
        return EthereumAddress(publicKey: publicKey)
    }
}
