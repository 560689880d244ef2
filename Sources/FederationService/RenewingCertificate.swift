import Foundation
import Ledger
import NIOCertificateReloading
import NIOSSL
import Synchronization
import X509

/// A party's certificate, made anew when a third of its time is left: connections that come later show the new one, and
/// nothing is restarted.
final class RenewingCertificate: CertificateReloader {
    private let identity: Identity
    private let current: Mutex<PeerCertificate>
    private let now: @Sendable () -> Date

    init(of identity: Identity, now: @escaping @Sendable () -> Date) throws {
        self.identity = identity
        self.now = now
        current = Mutex(try PeerCertificate(issuedBy: identity, now: now()))
    }

    /// The certificate to show now.
    var certificate: PeerCertificate {
        current.withLock { held in
            let left = held.certificate.notValidAfter.timeIntervalSince(now())
            // Should making one fail, the old one serves for days yet.
            if left < TimeInterval(PeerCertificate.validDays) * 86_400 / 3,
                let fresh = try? PeerCertificate(issuedBy: identity, now: now())
            {
                held = fresh
            }
            return held
        }
    }

    var sslContextConfigurationOverride: NIOSSLContextConfigurationOverride {
        let shown = certificate
        guard let leaf = try? NIOSSLCertificate(bytes: shown.bytes, format: .der),
            let key = try? NIOSSLPrivateKey(bytes: shown.privateKeyBytes, format: .der)
        else { return .noChanges }
        var override = NIOSSLContextConfigurationOverride()
        override.certificateChain = [.certificate(leaf)]
        override.privateKey = .privateKey(key)
        return override
    }
}
