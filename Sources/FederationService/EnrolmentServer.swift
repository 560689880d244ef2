package import FederationSetup
package import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
package import Ledger
package import Operations
import Synchronization

/// The coordinator before there is an agreement: serves the desk until every hospital has joined and signed.
package struct EnrolmentServer: Sendable {
    private let identity: Identity
    private let settings: TransportSettings
    private let log: OperationalLog
    private let now: @Sendable () -> Date

    package init(
        identity: Identity, settings: TransportSettings, log: OperationalLog, now: @escaping @Sendable () -> Date
    ) {
        self.identity = identity
        self.settings = settings
        self.log = log
        self.now = now
    }

    /// - Returns: the agreement in force.
    /// - Throws: `ServiceError(.unreachable)` when the port cannot be had.
    package func run(
        _ desk: EnrolmentDesk, host: String, port: Int, listening: @Sendable @escaping (Int) -> Void
    ) async throws -> SignedAgreement {
        if let signed = desk.agreementInForce { return signed }
        let (agreements, continuation) = AsyncStream.makeStream(of: SignedAgreement.self)
        let service = EnrolmentService(desk: desk, log: log, now: now) { continuation.yield($0) }
        let port = try NodePort(
            identity: identity, host: host, port: port, settings: settings, log: log, now: now)
        return try await port.serving([service], listening: listening) {
            for await signed in agreements { return signed }
            throw CancellationError()
        }
    }
}
