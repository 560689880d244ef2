import Hummingbird
import Logging
import NIOCore

/// A request with the address that it came from.
struct DashboardContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The peer's IP address without its port; empty where there is none.
    let peer: String

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
