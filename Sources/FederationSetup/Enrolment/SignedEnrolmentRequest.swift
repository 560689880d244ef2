package import Ledger

/// A request under the identity of the hospital that makes it, for one coordinator only.
package struct SignedEnrolmentRequest: Hashable, Sendable {
    package let content: [UInt8]
    /// The hospital's Ed25519 key, 32 bytes.
    package let publicKey: [UInt8]
    package let signature: [UInt8]

    /// Bytes of a request's content, at most.
    package static let contentBytesMax = 1 << 20

    /// As it arrived.
    package init(content: [UInt8], publicKey: [UInt8], signature: [UInt8]) {
        self.content = content
        self.publicKey = publicKey
        self.signature = signature
    }

    package init(_ request: EnrolmentRequest, to coordinatorKey: [UInt8], by identity: Identity) throws {
        content = request.encoded
        publicKey = identity.publicKey
        signature = try identity.sign(Self.signedBytes(content, to: coordinatorKey))
    }

    /// The request, once its signature is checked over the bytes that arrived.
    ///
    /// - Throws: `EnrolmentRefusal`.
    func opened(by coordinatorKey: [UInt8]) throws(EnrolmentRefusal) -> EnrolmentRequest {
        guard content.count <= Self.contentBytesMax,
            isValidSignature(signature, for: Self.signedBytes(content, to: coordinatorKey), by: publicKey)
        else {
            throw EnrolmentRefusal(
                .badSignature, "the request is not signed by the key it names, or was meant for another coordinator")
        }
        do {
            return try EnrolmentRequest(decoding: content)
        } catch {
            throw EnrolmentRefusal(
                .malformed, "the request cannot be read (\(error.message)): use the coordinator's version of Cordon")
        }
    }

    private static func signedBytes(_ content: [UInt8], to coordinatorKey: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.append("cordon/enrolment/v1")
        writer.append(counted: coordinatorKey)
        writer.append(counted: content)
        return writer.bytes
    }
}
