import Crypto
package import Foundation
package import Ledger
import SwiftASN1
package import X509

/// The TLS certificate of a party: a leaf with a P-256 key of its own, issued by the party's Ed25519 identity (RFC
/// 5280, RFC 8410). The issuer's raw public key is the authority key identifier, so that a verifier needs nothing else.
package struct PeerCertificate: Sendable {
    package let certificate: Certificate
    let privateKey: P256.Signing.PrivateKey

    /// Days for which a certificate is good; a node makes a new one at each start and when a third is left.
    package static let validDays = 30
    /// Clocks of the parties may differ by this much.
    package static let clockToleranceSeconds: TimeInterval = 600

    /// - Parameter now: the present; it is valid from `clockToleranceSeconds` before, so that slow clocks accept it.
    package init(issuedBy identity: Identity, now: Date) throws {
        privateKey = P256.Signing.PrivateKey()
        let subject = try DistinguishedName { CommonName(identity.name) }
        let issuer = try DistinguishedName { CommonName("\(identity.name) identity") }
        certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(privateKey.publicKey),
            notValidBefore: now.addingTimeInterval(-Self.clockToleranceSeconds),
            notValidAfter: now.addingTimeInterval(TimeInterval(Self.validDays) * 86_400),
            issuer: issuer, subject: subject, signatureAlgorithm: .ed25519,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth, .clientAuth])
                AuthorityKeyIdentifier(keyIdentifier: ArraySlice(identity.publicKey))
            },
            issuerPrivateKey: Certificate.PrivateKey(IdentityKey(identity: identity)))
    }

    /// DER of the certificate.
    package var bytes: [UInt8] {
        get throws {
            var serializer = DER.Serializer()
            try serializer.serialize(certificate)
            return serializer.serializedBytes
        }
    }

    var privateKeyBytes: [UInt8] { Array(privateKey.derRepresentation) }
}

/// Who stands behind a TLS connection, once its certificate was verified.
package struct VerifiedPeer: Sendable, Hashable {
    /// Raw Ed25519 public key of the identity that issued the certificate.
    package let identityKey: [UInt8]
    package let name: String
    package let notValidAfter: Date

    /// - Throws: `ServiceError(.certificate)` with the reason; the handshake has shown already that the peer holds the
    ///   certificate's private key.
    package init(verifying certificate: Certificate, now: Date) throws {
        guard let identifier = try? certificate.extensions.authorityKeyIdentifier?.keyIdentifier,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Array(identifier))
        else {
            throw ServiceError(
                .certificate, "the certificate names no identity as its issuer: it was not made by cordon")
        }
        guard certificate.signatureAlgorithm == .ed25519,
            Certificate.PublicKey(key).isValidSignature(certificate.signature, for: certificate)
        else {
            throw ServiceError(.certificate, "the certificate is not signed by the identity that it names")
        }
        let name = Self.commonName(of: certificate)
        let tolerance = PeerCertificate.clockToleranceSeconds
        guard certificate.notValidBefore <= now.addingTimeInterval(tolerance) else {
            throw ServiceError(
                .certificate,
                "the certificate of \(name) is valid from \(certificate.notValidBefore) only; here it is \(now): "
                    + "set the clocks right")
        }
        guard certificate.notValidAfter >= now.addingTimeInterval(-tolerance) else {
            throw ServiceError(
                .certificate,
                "the certificate of \(name) expired at \(certificate.notValidAfter); here it is \(now): restart the "
                    + "node that shows it, or set the clocks right")
        }
        identityKey = Array(key.rawRepresentation)
        self.name = name
        notValidAfter = certificate.notValidAfter
    }

    /// The subject's name, for messages only: nothing rests on it.
    private static func commonName(of certificate: Certificate) -> String {
        for part in certificate.subject {
            for attribute in part where attribute.type == .RDNAttributeType.commonName {
                return String("\(attribute.value)".unicodeScalars.filter { !$0.properties.isWhitespace }.prefix(64))
            }
        }
        return "an unnamed party"
    }
}

/// An identity as the key that signs certificates, without giving its secret away.
private struct IdentityKey: CustomPrivateKey {
    let identity: Identity

    static func == (left: IdentityKey, right: IdentityKey) -> Bool {
        left.identity.publicKey == right.identity.publicKey
    }

    func hash(into hasher: inout Hasher) { hasher.combine(identity.publicKey) }

    init(identity: Identity) { self.identity = identity }

    var publicKey: Certificate.PublicKey {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: identity.publicKey) else {
            preconditionFailure("an identity's public key is an Ed25519 key")
        }
        return Certificate.PublicKey(key)
    }

    var defaultSignatureAlgorithm: Certificate.SignatureAlgorithm { .ed25519 }
    var supportedSignatureAlgorithms: [Certificate.SignatureAlgorithm] { [.ed25519] }

    func signSynchronously(
        bytes: some DataProtocol, signatureAlgorithm: Certificate.SignatureAlgorithm
    ) throws -> Certificate.Signature {
        try Certificate.Signature(
            signatureAlgorithm: signatureAlgorithm,
            signatureBytes: ASN1BitString(bytes: ArraySlice(try identity.sign(Array(bytes)))))
    }

    static var defaultPEMDiscriminator: String { "PRIVATE KEY" }

    /// An identity never leaves its value, in no form.
    func serialize(into coder: inout DER.Serializer) throws {
        throw ServiceError(.certificate, "an identity's key is not written anywhere")
    }
}
