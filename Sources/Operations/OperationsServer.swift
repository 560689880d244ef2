package import Hummingbird
package import Logging

/// A tiny server beside a node: `/healthz` (the process answers), `/readyz` (it can work) and `/metrics`.
///
/// It tells nothing that is not on the ledger or counted, but it asks for no password: bind it to an address that only
/// the operator's own monitoring reaches.
package struct OperationsServer: Sendable {
    private let host: String
    private let port: Int
    private let metrics: @Sendable () async -> MetricsRegistry
    private let readiness: @Sendable () async -> Readiness
    private let logger: Logger
    private let onRunning: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - port: 0 for any free one, told to `onRunning`.
    ///   - metrics: a snapshot, taken at each request.
    package init(
        host: String = "127.0.0.1", port: Int, logger: Logger,
        metrics: @escaping @Sendable () async -> MetricsRegistry,
        readiness: @escaping @Sendable () async -> Readiness,
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        self.logger = logger
        self.metrics = metrics
        self.readiness = readiness
        self.onRunning = onRunning
    }

    package var application: some ApplicationProtocol {
        let router = Router(options: [.autoGenerateHeadEndpoints])
        router.addHealth(readiness: readiness)
        let metrics = metrics
        router.get("metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: await metrics().prometheusText)))
        }
        let onRunning = onRunning
        return Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { await onRunning($0.localAddress?.port ?? 0) }, logger: logger)
    }

    /// Serves until the task is cancelled or the service group around it shuts down.
    package func run() async throws { try await application.run() }
}
