import Federation
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Ledger
import Operations

/// The port of a coordinator: mutual TLS under its identity.
struct NodePort: Sendable {
    private let transport: HTTP2ServerTransport.Posix
    private let place: String

    /// - Parameter host: the number of an interface of this machine.
    init(
        identity: Identity, host: String, port: Int, settings: TransportSettings, log: OperationalLog,
        now: @escaping @Sendable () -> Date
    ) throws {
        place = "\(host):\(port)"
        transport = try HTTP2ServerTransport.Posix(
            at: host.contains(":") ? .ipv6(host: host, port: port) : .ipv4(host: host, port: port),
            showing: RenewingCertificate(of: identity, now: now),
            verifying: PeerVerification(expecting: nil, now: now), settings, log: log)
    }

    /// Serves while the body runs, and ends with it.
    ///
    /// - Parameter listening: told the port once it can be dialled.
    /// - Throws: `ServiceError(.unreachable)` when the port cannot be had; what the body throws.
    func serving<Result: Sendable>(
        _ services: [any RegistrableRPCService], listening: @Sendable @escaping (Int) -> Void,
        _ body: @Sendable @escaping () async throws -> Result
    ) async throws -> Result {
        let server = GRPCServer(transport: transport, services: services)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await serve(server)
                return nil
            }
            group.addTask {
                try await announce(listening)
                return try await body()
            }
            defer {
                server.beginGracefulShutdown()
                group.cancelAll()
            }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    private func serve(_ server: GRPCServer<HTTP2ServerTransport.Posix>) async throws {
        do {
            try await server.serve()
        } catch {
            try Task.checkCancellation()
            throw ServiceError(
                .unreachable,
                "\(place) cannot be served (\(error)): is another process at this port, or is the address no number of "
                    + "this machine?")
        }
    }

    private func announce(_ listening: @Sendable (Int) -> Void) async throws {
        guard let address = try? await transport.listeningAddress, let port = address.ipv4?.port ?? address.ipv6?.port
        else {
            try Task.checkCancellation()
            // Whoever serves says why.
            try await Task.sleep(for: .seconds(5))
            throw ServiceError(.unreachable, "\(place) cannot be listened at")
        }
        listening(port)
    }
}
