import Federation
package import Ledger

/// One party's word for an agreement: Ed25519 over `cordon/agreement-signature/v1` and the agreement's digest.
package struct AgreementSignature: Hashable, Sendable {
    /// 32 bytes.
    package let publicKey: [UInt8]
    /// 64 bytes.
    package let signature: [UInt8]

    package init(publicKey: [UInt8], signature: [UInt8]) {
        self.publicKey = publicKey
        self.signature = signature
    }

    package init(of digest: Digest, by identity: Identity) throws {
        publicKey = identity.publicKey
        signature = try identity.sign(Self.signedBytes(digest))
    }

    package func isValid(for digest: Digest) -> Bool {
        isValidSignature(signature, for: Self.signedBytes(digest), by: publicKey)
    }

    private static func signedBytes(_ digest: Digest) -> [UInt8] {
        Array("cordon/agreement-signature/v1".utf8) + digest.bytes
    }
}
