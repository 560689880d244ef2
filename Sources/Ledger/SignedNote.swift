/// A text with signature lines (C2SP signed-note): the text, an empty line, `— name base64(keyID ‖ signature)` lines.
package struct SignedNote: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package let name: String
        package let keyID: [UInt8]
        package let signature: [UInt8]
    }

    /// Ends in a newline.
    package let text: String
    package private(set) var lines: [Line]

    static let byteLimit = 1 << 24
    static let lineLimit = 300

    package init(text: String) throws(LedgerError) {
        let isSound = text.hasSuffix("\n") && text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0a }
        guard isSound else { throw LedgerError(.malformed, "a note's text ends in a newline and has no controls") }
        self.text = text
        lines = []
    }

    /// Decodes a note; only its one canonical form is accepted.
    package init(decoding note: String) throws(LedgerError) {
        guard note.utf8.count <= SignedNote.byteLimit else {
            throw LedgerError(.malformed, "the note exceeds \(SignedNote.byteLimit) bytes")
        }
        let bytes = Array(note.utf8)
        let gap = (1..<max(bytes.count, 1)).last { bytes[$0] == 0x0a && bytes[$0 - 1] == 0x0a }
        guard let gap, let text = String(validating: bytes[..<gap], as: UTF8.self),
            let signatures = String(validating: bytes[(gap + 1)...], as: UTF8.self)
        else { throw LedgerError(.malformed, "a note needs an empty line before its signatures") }
        try self.init(text: text)
        for line in signatures.split(separator: "\n") {
            let parts = line.split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0] == "\u{2014}", isValidPartyName(String(parts[1])),
                let data = decodeBase64(String(parts[2])), data.count > 4, lines.count < SignedNote.lineLimit
            else { throw LedgerError(.malformed, "a signature line of the note is malformed") }
            lines.append(Line(name: String(parts[1]), keyID: Array(data[..<4]), signature: Array(data[4...])))
        }
        guard !lines.isEmpty, Array(encoded.utf8) == bytes else {
            throw LedgerError(.malformed, "the note is not in canonical form")
        }
    }

    package var encoded: String {
        let signatures = lines.map { "\u{2014} \($0.name) \(encodeBase64($0.keyID + $0.signature))\n" }
        return text + "\n" + signatures.joined()
    }

    /// Adds `identity`'s Ed25519 signature of the text.
    package mutating func sign(by identity: Identity) throws {
        let key = try VerifierKey(name: identity.name, algorithm: .ed25519, publicKey: identity.publicKey)
        let signature = try identity.sign(Array(text.utf8))
        lines.append(Line(name: identity.name, keyID: key.keyID, signature: signature))
    }

    /// Adds a line made elsewhere, e.g. a witness's cosignature.
    package mutating func append(_ line: Line) { lines.append(line) }

    /// Whether a line of the note verifies under `key`.
    package func isSigned(by key: VerifierKey) -> Bool { verifiedLine(by: key) != nil }

    /// Whether some line is a valid Ed25519 signature by `publicKey`, under whatever name it stands.
    package func isSigned(byPublicKey publicKey: [UInt8]) -> Bool {
        lines.contains { line in
            guard let key = try? VerifierKey(name: line.name, algorithm: .ed25519, publicKey: publicKey) else {
                return false
            }
            return isSigned(by: key)
        }
    }

    func verifiedLine(by key: VerifierKey) -> Line? {
        lines.first { line in
            guard line.name == key.name, line.keyID == key.keyID else { return false }
            switch key.algorithm {
            case .ed25519: return isValidSignature(line.signature, for: Array(text.utf8), by: key.publicKey)
            case .cosignature: return cosignatureTime(line, by: key) != nil
            }
        }
    }
}
