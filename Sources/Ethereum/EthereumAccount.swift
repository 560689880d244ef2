import CSecp256k1

/// An account's secret key and its address. The secret never leaves this value.
package struct EthereumAccount: Sendable, CustomStringConvertible {
    package let address: EthereumAddress
    private let secret: [UInt8]

    /// - Parameter secret: 32 bytes, a number below the order of secp256k1's group and above zero; nil otherwise.
    package init?(secret: [UInt8]) {
        var publicKey = [UInt8](repeating: 0, count: 64)
        guard secret.count == 32, cordon_secp256k1_public_key(secret, &publicKey) == 1 else { return nil }
        self.secret = secret
        address = EthereumAddress(publicKey: publicKey)
    }

    /// The signature of a 32-byte digest; deterministic (RFC 6979), with s in the lower half.
    package func sign(_ digest: [UInt8]) -> RecoverableSignature {
        precondition(digest.count == 32, "a digest has 32 bytes")
        var signature = [UInt8](repeating: 0, count: 64)
        var identifier: Int32 = 0
        let isSigned = cordon_secp256k1_sign(digest, secret, &signature, &identifier)
        precondition(isSigned == 1, "the secret was checked when the account was made")
        return RecoverableSignature(
            r: Array(signature[..<32]), s: Array(signature[32...]), recoveryIdentifier: UInt8(identifier))
    }

    package var description: String { "EthereumAccount" }
}
