/// The log's size and root under its name (C2SP tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable, Codable {
    package let origin: String
    package let size: Int
    package let root: Digest

    package init(origin: String, size: Int, root: Digest) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// `origin\nsize\nbase64(root)\n`.
    package var text: String { "\(origin)\n\(size)\n\(encodeBase64(root.bytes))\n" }

    /// - Throws: `LedgerError` `.malformed` for any text that is not exactly a checkpoint's.
    package init(text: String) throws(LedgerError) {
        let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard parts.count == 4, !parts[0].isEmpty, let size = Int(parts[1]), size >= 0,
            let root = decodeBase64(String(parts[2])), parts[3].isEmpty
        else { throw LedgerError(.malformed, "this text is no checkpoint: origin, size and root are expected") }
        self.init(origin: String(parts[0]), size: size, root: try Digest(bytes: root))
        guard self.text == text else { throw LedgerError(.malformed, "the checkpoint is not in canonical form") }
    }

    /// The checkpoint as a note signed by `identity`.
    package func signed(by identity: Identity) throws -> SignedNote {
        var note = try SignedNote(text: text)
        try note.sign(by: identity)
        return note
    }

    /// The checkpoint in `note`, which `key` must have signed.
    package init(verifying note: SignedNote, by key: VerifierKey) throws(LedgerError) {
        guard note.isSigned(by: key) else {
            throw LedgerError(.invalidSignature, "the checkpoint bears no valid signature of \(key.name)")
        }
        try self.init(text: note.text)
    }

    /// The checkpoint in `note`, which the holder of `publicKey` must have signed, under whatever name.
    package init(verifying note: SignedNote, byPublicKey publicKey: [UInt8]) throws(LedgerError) {
        guard note.isSigned(byPublicKey: publicKey) else {
            throw LedgerError(.invalidSignature, "the checkpoint bears no valid signature of this key")
        }
        try self.init(text: note.text)
    }
}
