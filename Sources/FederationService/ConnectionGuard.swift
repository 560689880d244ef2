import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// Closes a connection that does not shake hands in time, or not by TLS 1.3: nobody holds a connection for nothing.
final class ConnectionGuard: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let logger: Logger
    private var timeout: Scheduled<Void>?

    init(logger: Logger) { self.logger = logger }

    /// Puts a guard behind the TLS handler of an accepted connection.
    static func install(on channel: any Channel, logger: Logger) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let tls = try channel.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self)
            try channel.pipeline.syncOperations.addHandler(ConnectionGuard(logger: logger), position: .after(tls))
        }
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        let logger = logger
        timeout = context.eventLoop.scheduleTask(in: .seconds(TransportSettings.handshakeSeconds)) {
            logger.warning(
                "connection closed: no TLS handshake within \(TransportSettings.handshakeSeconds) s",
                metadata: ["peer": "\(channel.remoteAddress?.description ?? "unknown")"])
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
                logger.warning(
                    "connection closed: TLS 1.3 is required",
                    metadata: ["peer": "\(context.channel.remoteAddress?.description ?? "unknown")"])
                context.close(promise: nil)
                return
            }
        }
        context.fireUserInboundEventTriggered(event)
    }
}
