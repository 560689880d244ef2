/// SHA-256 of an identity's public key, for people to compare: sixteen groups of four hexadecimal digits.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    package let digest: Digest

    /// - Parameter publicKey: the 32 bytes of an Ed25519 public key.
    package init(of publicKey: [UInt8]) {
        digest = Digest.sha256(publicKey)
    }

    package var description: String {
        let digits = Array(digest.hex)
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: " ")
    }
}
