import Foundation

/// A public key that verifies lines of signed notes (C2SP signed-note, "vkey").
package struct VerifierKey: Hashable, Sendable {
    package enum Algorithm: UInt8, Sendable {
        case ed25519 = 0x01
        /// A witness's timestamped statement about a checkpoint (C2SP tlog-cosignature v1).
        case cosignature = 0x04
    }

    package let name: String
    package let algorithm: Algorithm
    /// 32 bytes, Ed25519.
    package let publicKey: [UInt8]

    package init(name: String, algorithm: Algorithm, publicKey: [UInt8]) throws(LedgerError) {
        guard isValidPartyName(name) else {
            throw LedgerError(.invalidKey, "a name must have 1 to 255 bytes without spaces, plus signs or controls")
        }
        guard publicKey.count == 32 else { throw LedgerError(.invalidKey, "an Ed25519 key has 32 bytes") }
        self.name = name
        self.algorithm = algorithm
        self.publicKey = publicKey
    }

    /// First four bytes of `SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key)`.
    package var keyID: [UInt8] {
        Array(Digest.sha256(Array(name.utf8) + [0x0a, algorithm.rawValue] + publicKey).bytes[..<4])
    }

    /// `name+hex(keyID)+base64(algorithm ‖ public key)`.
    package var text: String { "\(name)+\(hexadecimal(keyID))+\(encodeBase64([algorithm.rawValue] + publicKey))" }

    /// - Throws: `LedgerError` `.invalidKey` for any text that is not exactly a key's.
    package init(_ text: String) throws(LedgerError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let key = decodeBase64(String(parts[2])), key.count == 33,
            let algorithm = Algorithm(rawValue: key[0])
        else { throw LedgerError(.invalidKey, "this text is no verifier key: name+hex+base64 is expected") }
        try self.init(name: String(parts[0]), algorithm: algorithm, publicKey: Array(key[1...]))
        guard self.text == text else { throw LedgerError(.invalidKey, "the key identifier of \(name) does not match") }
    }
}

func encodeBase64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

/// Standard base64 in its one canonical form; nil for anything else.
func decodeBase64(_ text: String) -> [UInt8]? {
    guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
    return Array(data)
}
