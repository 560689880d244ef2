package import Federation
package import Ledger
import RingArithmetic

/// Who was invited and who has joined, as the coordinator keeps it. Of a token's secret only a digest is here.
package struct EnrolmentRegistry: Codable, Hashable, Sendable {
    package struct Invitation: Codable, Hashable, Sendable {
        package let secretDigest: Digest
        package let expires: Instant
        package fileprivate(set) var isWithdrawn: Bool
    }

    package struct Membership: Codable, Hashable, Sendable {
        /// Hexadecimal.
        fileprivate let key: String
        package let joined: Instant

        package var publicKey: [UInt8] { decodeHexadecimal(key) ?? [] }
    }

    /// A signature of one draft; those of earlier drafts count for nothing.
    struct Signature: Codable, Hashable, Sendable {
        let agreement: Digest
        let key: String
        let signature: String
    }

    /// By hospital.
    package private(set) var invitations: [String: Invitation] = [:]
    package private(set) var members: [String: Membership] = [:]
    private var signatures: [Signature] = []

    package init() {}

    /// A registry in which these have joined already: members of the federation before.
    init(continuing members: [Agreement.Member], at now: Instant) {
        for member in members { admit(member.name, publicKey: member.publicKey, at: now) }
    }

    /// Invites a hospital; its earlier token works no longer.
    ///
    /// - Throws: `SetupError` with code `usage` for a hospital that has joined.
    package mutating func invite(_ hospital: String, secretDigest: Digest, expires: Instant) throws {
        if let member = members[hospital] {
            throw SetupError(
                .usage,
                "\(hospital) has joined with the identity \(Fingerprint(of: member.publicKey)). To let another "
                    + "identity in, withdraw the invitation first (--withdraw).")
        }
        invitations[hospital] = Invitation(secretDigest: secretDigest, expires: expires, isWithdrawn: false)
    }

    /// Makes a token work no longer; a hospital that has joined by it is a member no longer.
    ///
    /// - Throws: `SetupError` with code `usage` for a hospital that was never invited.
    package mutating func withdraw(_ hospital: String) throws {
        guard invitations[hospital] != nil || members[hospital] != nil else {
            throw SetupError(.usage, "\(hospital) was not invited: there is nothing to withdraw")
        }
        invitations[hospital]?.isWithdrawn = true
        members[hospital] = nil
    }

    /// Whether this identity may be this hospital. The registry stays as it is.
    package func decide(
        on request: JoinRequest, from publicKey: [UInt8], at now: Instant, expecting site: SitePipeline
    ) -> JoinDecision {
        func refuse(_ code: EnrolmentRefusal.Code, _ message: String) -> JoinDecision {
            .refused(EnrolmentRefusal(code, message))
        }
        guard let invitation = invitations[request.hospital] else {
            return refuse(.unknownName, "no hospital of this name was invited; ask the coordinator for a token")
        }
        if let member = members[request.hospital] {
            if member.publicKey == publicKey { return .repeated }
            return refuse(
                .tokenUsed,
                "another identity has joined under this name, with the fingerprint "
                    + "\(Fingerprint(of: member.publicKey)). If that is not yours, call the coordinator: the token "
                    + "may have been stolen. If it is an earlier one of yours, ask for a new token")
        }
        guard constantTimeEquals(JoinToken.digest(of: request.secret).bytes, invitation.secretDigest.bytes) else {
            return refuse(
                .wrongSecret, "the token is not the latest for this name; ask the coordinator which one is")
        }
        guard !invitation.isWithdrawn else {
            return refuse(.withdrawn, "the invitation was withdrawn; ask the coordinator for a new token")
        }
        guard now < invitation.expires else {
            return refuse(.expired, "the token has expired; ask the coordinator for a new one")
        }
        if members.values.contains(where: { $0.publicKey == publicKey }) {
            return refuse(
                .identityTaken, "this identity has joined under another name; each hospital needs a key of its own")
        }
        guard request.site.preprocessing == site.preprocessing else {
            return refuse(
                .pipelineDiffers,
                "files become samples differently: the federation's preprocessing has the digest "
                    + "\(site.preprocessing), the hospital's \(printable(request.site.preprocessing)). Take the images "
                    + "in again with the agreed size and de-identification, or have the coordinator's configuration "
                    + "changed")
        }
        guard request.site.classes == site.classes else {
            return refuse(
                .pipelineDiffers,
                "the classes differ: the federation's are \(site.classes.joined(separator: ", ")), the hospital's "
                    + "\(request.site.classes.map(printable).joined(separator: ", "))")
        }
        return .accepted
    }

    mutating func admit(_ hospital: String, publicKey: [UInt8], at now: Instant) {
        members[hospital] = Membership(key: hexadecimal(publicKey), joined: now)
    }

    mutating func keep(_ signature: AgreementSignature, of agreement: Digest) {
        let entry = Signature(
            agreement: agreement, key: hexadecimal(signature.publicKey), signature: hexadecimal(signature.signature))
        signatures.removeAll { $0.agreement != agreement || $0.key == entry.key }
        signatures.append(entry)
    }

    func signatures(of agreement: Digest) -> [AgreementSignature] {
        signatures.filter { $0.agreement == agreement }.compactMap { entry in
            guard let key = decodeHexadecimal(entry.key), let bytes = decodeHexadecimal(entry.signature) else {
                return nil
            }
            return AgreementSignature(publicKey: key, signature: bytes)
        }
    }
}

/// A stranger's text for a terminal or a log: no controls, at most 400 characters.
package func printable(_ text: String) -> String {
    String(text.unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(400).map(Character.init))
}
