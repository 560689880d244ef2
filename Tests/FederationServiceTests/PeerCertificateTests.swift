import Crypto
import Foundation
import Ledger
import SwiftASN1
import Testing
import X509

@testable import FederationService

/// A certificate proves an identity, and nothing else does.
@Suite("Peer certificates")
struct PeerCertificateTests {
    private let now = Date(timeIntervalSince1970: 1_700_000_000)

    private func identity(_ byte: UInt8, _ name: String = "north") throws -> Identity {
        try Identity(seed: [UInt8](repeating: byte, count: 32), name: name)
    }

    /// What a peer sees: the certificate read from its DER.
    private func seen(_ certificate: PeerCertificate) throws -> Certificate {
        try Certificate(derEncoded: certificate.bytes)
    }

    @Test func itProvesTheIdentityThatIssuedIt() throws {
        let identity = try identity(1)
        let peer = try VerifiedPeer(verifying: seen(PeerCertificate(issuedBy: identity, now: now)), now: now)
        #expect(peer.identityKey == identity.publicKey)
        #expect(peer.name == "north")
    }

    /// Whoever names another's key as issuer cannot sign with it.
    @Test func aForeignSignatureIsRefused() throws {
        let own = try PeerCertificate(issuedBy: identity(1), now: now).certificate
        let victim = try identity(2)
        let forged = try Certificate(
            version: .v3, serialNumber: own.serialNumber, publicKey: own.publicKey, notValidBefore: own.notValidBefore,
            notValidAfter: own.notValidAfter, issuer: own.issuer, subject: own.subject, signatureAlgorithm: .ed25519,
            extensions: Certificate.Extensions {
                AuthorityKeyIdentifier(keyIdentifier: ArraySlice(victim.publicKey))
            },
            issuerPrivateKey: Certificate.PrivateKey(Curve25519.Signing.PrivateKey()))
        #expect(throws: ServiceError.self) { try VerifiedPeer(verifying: forged, now: now) }
    }

    @Test func everyChangedByteIsNoticed() throws {
        let identity = try identity(1)
        let bytes = try PeerCertificate(issuedBy: identity, now: now).bytes
        for position in bytes.indices {
            var altered = bytes
            altered[position] ^= 0x20
            guard let certificate = try? Certificate(derEncoded: altered) else { continue }
            let peer = try? VerifiedPeer(verifying: certificate, now: now)
            #expect(peer == nil, "byte \(position) may be changed unseen")
        }
    }

    @Test(arguments: [(-1, true), (0, true), (29, true), (31, false), (-2 * 86_400, false)] as [(Double, Bool)])
    func itIsValidForItsTimeOnly(_ offset: Double, _ isValid: Bool) throws {
        let certificate = try seen(PeerCertificate(issuedBy: identity(1), now: now))
        // Days, or seconds where negative.
        let later = now.addingTimeInterval(offset < 0 ? offset : offset * 86_400)
        if isValid {
            _ = try VerifiedPeer(verifying: certificate, now: later)
        } else {
            let error = #expect(throws: ServiceError.self) { try VerifiedPeer(verifying: certificate, now: later) }
            #expect(error?.message.contains("clocks") == true)
        }
    }

    @Test func aNewOneIsMadeWhenAThirdIsLeft() throws {
        let clock = ManualClock(now)
        let renewing = try RenewingCertificate(of: identity(1), now: { clock.date })
        let first = try renewing.certificate.bytes
        clock.advance(days: 19)
        #expect(try renewing.certificate.bytes == first)
        clock.advance(days: 2)
        let second = renewing.certificate
        #expect(try second.bytes != first)
        #expect(try VerifiedPeer(verifying: seen(second), now: clock.date).identityKey == identity(1).publicKey)
    }
}
