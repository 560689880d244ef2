import Crypto

/// A party's long-term Ed25519 signing key and its name (RFC 8032). The private half never leaves this value.
package struct Identity: Sendable, CustomStringConvertible {
    package let name: String
    package let publicKey: [UInt8]
    private let key: Curve25519.Signing.PrivateKey

    /// - Parameter seed: 32 bytes from a cryptographic generator.
    /// - Parameter name: the party's name in signed notes: no space, no plus sign, at most 255 bytes.
    /// - Throws: `LedgerError` `.invalidKey`.
    package init(seed: [UInt8], name: String) throws {
        guard seed.count == 32 else {
            throw LedgerError(.invalidKey, "an identity's seed has 32 bytes, not \(seed.count)")
        }
        guard isValidPartyName(name) else {
            throw LedgerError(.invalidKey, "a name must have 1 to 255 bytes without spaces, plus signs or controls")
        }
        key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        publicKey = Array(key.publicKey.rawRepresentation)
        self.name = name
    }

    /// The 64-byte Ed25519 signature of `message`; deterministic, so that a repeated entry is the same entry.
    package func sign(_ message: [UInt8]) throws -> [UInt8] {
        Array(try key.signature(for: message))
    }

    package var description: String { "Identity(\(name))" }
}

/// Whether `signature` is the Ed25519 signature of `message` under `publicKey`; false for malformed keys too.
package func isValidSignature(_ signature: [UInt8], for message: [UInt8], by publicKey: [UInt8]) -> Bool {
    guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
        return false
    }
    return key.isValidSignature(signature, for: message)
}

/// A name that stands unambiguously in a signed note (C2SP signed-note: no space, no plus sign).
package func isValidPartyName(_ name: String) -> Bool {
    (1...255).contains(name.utf8.count)
        && name.unicodeScalars.allSatisfy { scalar in
            !scalar.properties.isWhitespace && scalar != "+" && scalar.properties.generalCategory != .control
        }
}
