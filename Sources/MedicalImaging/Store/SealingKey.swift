import Crypto
import Foundation
import RingArithmetic

/// A key for one purpose: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce, and HMAC-SHA-256 (RFC 2104).
///
/// Sealed bytes are nonce, ciphertext and 128-bit tag. Random nonces bound a key to 2³² messages.
struct SealingKey: Sendable {
    private let key: SymmetricKey

    static let overheadBytes = 12 + 16

    init(_ key: SymmetricKey) { self.key = key }

    /// A fresh key and its bytes, which the caller seals and zeroises.
    static func fresh(using rng: inout some CryptographicGenerator) -> (key: SealingKey, bytes: [UInt8]) {
        var bytes = [UInt8](repeating: 0, count: 32)
        rng.fill(&bytes)
        return (SealingKey(SymmetricKey(data: bytes)), bytes)
    }

    /// Derives a key for `purpose` (HKDF-SHA-256, RFC 5869).
    func derived(for purpose: String, salt: [UInt8] = []) -> SealingKey {
        SealingKey(
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key, salt: salt, info: Array("cordon/store/\(purpose)/v1".utf8),
                outputByteCount: 32))
    }

    /// - Parameter context: What the sealed bytes are bound to; the same is needed to open them.
    func seal(
        _ plaintext: some DataProtocol, context: [UInt8], using rng: inout some CryptographicGenerator
    ) throws -> [UInt8] {
        var nonce = [UInt8](repeating: 0, count: 12)
        rng.fill(&nonce)
        let box = try AES.GCM.seal(
            plaintext, using: key, nonce: try AES.GCM.Nonce(data: nonce), authenticating: context)
        return nonce + box.ciphertext + box.tag
    }

    /// Nil when the key, the context or the bytes are not those of the sealing.
    func open(_ sealed: some Collection<UInt8>, context: [UInt8]) -> [UInt8]? {
        guard sealed.count >= Self.overheadBytes, let box = try? AES.GCM.SealedBox(combined: Array(sealed)),
            let plaintext = try? AES.GCM.open(box, using: key, authenticating: context)
        else { return nil }
        return Array(plaintext)
    }

    /// HMAC-SHA-256 over parts, each preceded by its length.
    func authenticationCode(_ parts: [UInt8]...) -> [UInt8] {
        var code = HMAC<SHA256>(key: key)
        for part in parts {
            withUnsafeBytes(of: UInt64(part.count).littleEndian) { code.update(data: Array($0)) }
            code.update(data: part)
        }
        return Array(code.finalize())
    }
}
