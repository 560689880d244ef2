/// Cosignatures (C2SP tlog-cosignature, version 1): a witness saw this checkpoint at this time, and no fork of it.
extension SignedNote {
    private static func cosignedMessage(_ text: String, timeSeconds: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(timeSeconds)\n\(text)".utf8)
    }

    /// The line that `witness` adds to this checkpoint: `u64 time ‖ Ed25519 signature`.
    package func cosignature(by witness: Identity, timeSeconds: UInt64) throws -> Line {
        let key = try VerifierKey(name: witness.name, algorithm: .cosignature, publicKey: witness.publicKey)
        var writer = ByteWriter()
        writer.append(timeSeconds)
        writer.append(fixed: try witness.sign(SignedNote.cosignedMessage(text, timeSeconds: timeSeconds)))
        return Line(name: witness.name, keyID: key.keyID, signature: writer.bytes)
    }

    /// Adds `u64 time ‖ Ed25519 signature` as the line of the witness with this key, if it is that.
    package mutating func append(cosignature: [UInt8], by key: VerifierKey) {
        let line = Line(name: key.name, keyID: key.keyID, signature: cosignature)
        if cosignatureTime(line, by: key) != nil { append(line) }
    }

    /// The time in seconds of `key`'s cosignature; nil if the note bears none that verifies.
    package func cosignatureTime(by key: VerifierKey) -> UInt64? {
        guard key.algorithm == .cosignature else { return nil }
        for line in lines where line.name == key.name && line.keyID == key.keyID {
            if let time = cosignatureTime(line, by: key) { return time }
        }
        return nil
    }

    func cosignatureTime(_ line: Line, by key: VerifierKey) -> UInt64? {
        guard line.signature.count == 72 else { return nil }
        let time = line.signature[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        let message = SignedNote.cosignedMessage(text, timeSeconds: time)
        return isValidSignature(Array(line.signature[8...]), for: message, by: key.publicKey) ? time : nil
    }
}
