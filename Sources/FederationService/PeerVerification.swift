package import Foundation
import Ledger
import NIOCore
import NIOSSL
import SwiftASN1
import Synchronization
import X509

/// Verifies the certificate a peer shows in the handshake, and remembers why it did not.
package final class PeerVerification: Sendable {
    /// The identity that must stand behind the certificate; nil accepts any, to be looked up afterwards.
    private let expectedKey: [UInt8]?
    private let now: @Sendable () -> Date
    private let lastRefusal = Mutex<ServiceError?>(nil)

    package init(expecting key: [UInt8]?, now: @escaping @Sendable () -> Date) {
        expectedKey = key
        self.now = now
    }

    /// Why the last handshake was refused here; asked again, nil.
    package func takeRefusal() -> ServiceError? {
        lastRefusal.withLock { refusal in
            defer { refusal = nil }
            return refusal
        }
    }

    @Sendable func verify(
        _ certificates: [NIOSSLCertificate], _ promise: EventLoopPromise<NIOSSLVerificationResultWithMetadata>
    ) {
        do {
            guard let leaf = certificates.first, certificates.count == 1 else {
                throw ServiceError(.certificate, "the peer shows \(certificates.count) certificates; one is expected")
            }
            let peer = try VerifiedPeer(
                verifying: Certificate(derEncoded: leaf.toDERBytes()), now: now())
            if let expectedKey, peer.identityKey != expectedKey {
                throw ServiceError(
                    .certificate,
                    "the peer's certificate was issued by another identity (\(Fingerprint(of: peer.identityKey))) "
                        + "than the coordinator's (\(Fingerprint(of: expectedKey))): wrong address, or somebody in "
                        + "between")
            }
            promise.succeed(.certificateVerified(VerificationMetadata(ValidatedCertificateChain([leaf]))))
        } catch {
            let refusal =
                error as? ServiceError ?? ServiceError(.certificate, "the peer's certificate cannot be read: \(error)")
            lastRefusal.withLock { $0 = refusal }
            promise.succeed(.failed)
        }
    }
}
