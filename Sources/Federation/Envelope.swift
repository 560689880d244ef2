package import Ledger

/// A message as it travels: the exact bytes that were signed, who signed them, and the signature.
///
/// Whoever receives it verifies the signature over the *received bytes* and parses after that; nothing is ever
/// re-encoded to be hashed.
package struct Envelope: Sendable, Hashable {
    package let sender: Author
    package let payload: [UInt8]
    package let signature: [UInt8]
    /// Names the message: its payload's digest, under the signature; used to acknowledge it and to receive it once.
    package let digest: Digest

    private init(sender: Author, payload: [UInt8], signature: [UInt8], digest: Digest) {
        self.sender = sender
        self.payload = payload
        self.signature = signature
        self.digest = digest
    }

    private static func digest(of payload: [UInt8]) -> Digest {
        Digest.of(payload, domain: "cordon/envelope/v1")
    }

    /// Encodes and signs a message of one's own.
    package init(_ message: Message, from sender: Author, signedBy identity: Identity, in federation: Digest) throws {
        let payload = message.encoded
        let digest = Self.digest(of: payload)
        let signature = try identity.sign(Self.signedBytes(digest, from: sender, in: federation))
        self.init(sender: sender, payload: payload, signature: signature, digest: digest)
    }

    /// Parses the outer frame only. The payload stays unread until it is verified.
    package init(bytes: [UInt8]) throws {
        guard bytes.count <= Limits.envelopeBytesMax else {
            throw FederationError(
                .limit, "an envelope of \(bytes.count) bytes is over the limit of \(Limits.envelopeBytesMax)")
        }
        var reader = ByteReader(bytes)
        let sender = try Author(from: &reader)
        let signature = try reader.readFixed(64)
        let payload = try reader.readCounted(limit: Limits.envelopeBytesMax)
        try reader.finish()
        self.init(sender: sender, payload: payload, signature: signature, digest: Self.digest(of: payload))
    }

    /// Bytes of the envelope around a payload of so many: author, signature, count.
    package static func byteCount(payload: Int) -> Int {
        let empty = Envelope(sender: .coordinator, payload: [], signature: [], digest: digest(of: []))
        return empty.bytes.count + 64 + payload
    }

    package var bytes: [UInt8] {
        var writer = ByteWriter()
        sender.encode(to: &writer)
        writer.append(fixed: signature)
        writer.append(counted: payload)
        return writer.bytes
    }

    /// Bytes under the signature: domain, federation, sender and the payload's digest.
    fileprivate static func signedBytes(_ digest: Digest, from sender: Author, in federation: Digest) -> [UInt8] {
        var writer = ByteWriter()
        writer.append("cordon/envelope/v1")
        writer.append(federation)
        sender.encode(to: &writer)
        writer.append(digest)
        return writer.bytes
    }

    fileprivate func isSigned(under agreement: Agreement, in federation: Digest) -> Bool {
        let key: [UInt8]
        switch sender {
        case .coordinator: key = agreement.coordinatorKey
        case .member(let index):
            guard agreement.members.indices.contains(index) else { return false }
            key = agreement.members[index].publicKey
        }
        return isValidSignature(signature, for: Self.signedBytes(digest, from: sender, in: federation), by: key)
    }
}

/// A value whose signature was checked over the bytes it arrived in. There is no other way to make one.
package struct Verified<Value: Sendable>: Sendable {
    package let value: Value
    package let sender: Author
    /// The envelope it came in, to be passed on as evidence.
    package let envelope: Envelope
}

extension Verified where Value == Message {
    /// - Throws: `FederationError(.badSignature)`; a decoding error when the signed bytes are no message.
    package init(verifying envelope: Envelope, under agreement: Agreement, in federation: Digest) throws {
        guard envelope.isSigned(under: agreement, in: federation) else {
            throw FederationError(.badSignature, "the signature of a message from \(envelope.sender) does not verify")
        }
        self.init(
            value: try Message(decoding: envelope.payload, parameters: agreement.encryption), sender: envelope.sender,
            envelope: envelope)
    }
}
