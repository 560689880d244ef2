import Federation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Operations

extension HTTP2ClientTransport.Posix {
    /// A connection to the coordinator by mutual TLS.
    init(
        toward host: String, _ port: Int, showing own: PeerCertificate, verifying verification: PeerVerification,
        _ settings: TransportSettings
    ) throws {
        let target: any ResolvableTarget
        if host.contains(":") {
            target = .ipv6(address: host, port: port)
        } else if host.allSatisfy({ $0.isNumber || $0 == "." }) {
            target = .ipv4(address: host, port: port)
        } else {
            target = .dns(host: host, port: port)
        }
        try self.init(
            target: target,
            transportSecurity: .mTLS(
                certificateChain: [.bytes(own.bytes, format: .der)],
                privateKey: .bytes(own.privateKeyBytes, format: .der)
            ) { tls in
                tls.serverCertificateVerification = .noHostnameVerification
                tls.customVerificationCallback = verification.verify
            },
            config: .defaults { config in
                // The certificate proves the coordinator's identity, whatever name it goes by.
                config.http2.authority = "coordinator"
                config.backoff.max = .seconds(settings.retrySecondsMax)
                config.connection.keepalive = .init(
                    time: .seconds(max(10, settings.stallSeconds / 2)), timeout: .seconds(settings.stallSeconds),
                    allowWithoutCalls: true)
            })
    }
}

extension HTTP2ServerTransport.Posix {
    /// The coordinator's port: mutual TLS 1.3; who a peer is, is read from its certificate at each call.
    init(
        at address: GRPCNIOTransportHTTP2Posix.SocketAddress, showing certificate: RenewingCertificate,
        verifying verification: PeerVerification, _ settings: TransportSettings, log: OperationalLog
    ) throws {
        self.init(
            address: address,
            transportSecurity: try .mTLS(certificateReloader: certificate) { tls in
                tls.clientCertificateVerification = .noHostnameVerification
                tls.customVerificationCallback = verification.verify
                tls.requireALPN = true
            },
            config: .defaults { config in
                config.rpc.maxRequestPayloadSize = Limits.envelopeBytesMax + 1024
                config.http2.maxConcurrentStreams = 64
                config.connection.maxIdleTime = .seconds(10 * settings.stallSeconds)
                config.connection.keepalive = .init(
                    time: .seconds(max(10, settings.stallSeconds / 2)), timeout: .seconds(settings.stallSeconds),
                    clientBehavior: .init(minPingIntervalWithoutCalls: .seconds(5), allowWithoutCalls: true))
                config.channelDebuggingCallbacks.onAcceptTCPConnection = { channel in
                    ConnectionGuard.install(on: channel, log: log)
                }
            })
    }
}

extension ServiceError {
    /// An error of the transport, in words that say what to do.
    init(describing error: any Error, host: String, port: Int) {
        switch error {
        case let error as ServiceError: self = error
        case let error as RPCError where error.code == .permissionDenied:
            self.init(.refused, "\(host):\(port) refuses this hospital: \(error.message)")
        case let error as RPCError:
            let cause = error.cause.map { ": \($0)" } ?? ""
            self.init(.unreachable, "\(host):\(port) cannot be reached (\(error.code)): \(error.message)\(cause)")
        default: self.init(.unreachable, "\(host):\(port): \(error)")
        }
    }
}
