internal import Crypto
internal import Foundation

/// The HPKE suite that shares travel under.
package enum RecipientSuite {
    static let suite = HPKE.Ciphersuite.XWingMLKEM768X25519_SHA256_AES_GCM_256
    package static let publicKeyBytes = 1216
    static let encapsulatedBytes = 1120
    private static let tagBytes = 16

    /// Bytes of a share of so many once it is sealed: encapsulated key and tag come on top.
    package static func sealedBytes(of count: Int) -> Int { encapsulatedBytes + count + tagBytes }

    /// Nil when the bytes are not a public key that can be encapsulated to.
    static func publicKey(_ bytes: [UInt8]) -> XWingMLKEM768X25519.PublicKey? {
        guard bytes.count == publicKeyBytes else { return nil }
        do {
            let key = try XWingMLKEM768X25519.PublicKey(rawRepresentation: bytes)
            // The coefficients of the ML-KEM half are only checked when something is encapsulated to them.
            _ = try key.encapsulate()
            return key
        } catch {
            return nil
        }
    }
}

/// True when shares can be sealed to these bytes.
package func isWellFormedRecipientKey(_ publicKey: [UInt8]) -> Bool {
    RecipientSuite.publicKey(publicKey) != nil
}

/// The encapsulated key (1120 bytes) followed by the ciphertext, for one recipient and purpose.
///
/// - Throws: `SharingError` when the public key is malformed.
package func seal(_ plaintext: [UInt8], to publicKey: [UInt8], info: [UInt8]) throws -> [UInt8] {
    do {
        guard publicKey.count == RecipientSuite.publicKeyBytes else {
            throw SharingError(.unusableKey, "a recipient key has \(RecipientSuite.publicKeyBytes) bytes")
        }
        let key = try XWingMLKEM768X25519.PublicKey(rawRepresentation: publicKey)
        var sender = try HPKE.Sender(recipientKey: key, ciphersuite: RecipientSuite.suite, info: Data(info))
        let ciphertext = try sender.seal(Data(plaintext))
        return Array(sender.encapsulatedKey) + Array(ciphertext)
    } catch let error as SharingError {
        throw error
    } catch {
        throw SharingError(.unusableKey, "nothing can be sealed to this recipient key (\(error))")
    }
}
