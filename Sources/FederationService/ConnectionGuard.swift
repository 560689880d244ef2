import Logging
import NIOCore
import NIOSSL
import NIOTLS
import Operations

/// Closes a connection that does not shake hands in time, or not by TLS 1.3: nobody holds a connection for nothing.
final class ConnectionGuard: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let log: OperationalLog
    private var timeout: Scheduled<Void>?

    init(log: OperationalLog) { self.log = log }

    /// Puts a guard behind the TLS handler of an accepted connection.
    static func install(on channel: any Channel, log: OperationalLog) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let tls = try channel.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self)
            try channel.pipeline.syncOperations.addHandler(ConnectionGuard(log: log), position: .after(tls))
        }
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        let log = log
        timeout = context.eventLoop.scheduleTask(in: .seconds(TransportSettings.handshakeSeconds)) {
            log.log(
                .warning, "connection closed: no TLS handshake in time", [("peer", .address(of: channel))])
            channel.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { timeout?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        timeout?.cancel()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? TLSUserEvent, case .handshakeCompleted = event {
            timeout?.cancel()
            let version = try? context.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self).tlsVersion
            guard version == .tlsv13 else {
                log.log(
                    .warning, "connection closed: TLS 1.3 is required", [("peer", .address(of: context.channel))])
                context.close(promise: nil)
                return
            }
        }
        context.fireUserInboundEventTriggered(event)
    }
}

extension LogValue {
    fileprivate static func address(of channel: any Channel) -> LogValue {
        .address(channel.remoteAddress?.description ?? "unknown")
    }
}
