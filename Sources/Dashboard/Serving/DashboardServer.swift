import Foundation
package import Hummingbird
import HummingbirdTLS
import Ledger
package import Logging
import NIOCore
import Operations

/// Read-only pages over one ledger, for a browser.
package struct DashboardServer: Sendable {
    private let follower: LedgerFollower
    private let options: DashboardOptions
    private let logger: Logger
    private let templates: PageTemplates
    private let sessions: Sessions?

    /// - Throws: `DashboardError` when the password file cannot be used.
    package init(follower: LedgerFollower, options: DashboardOptions, logger: Logger) throws {
        self.follower = follower
        self.options = options
        self.logger = logger
        templates = try PageTemplates()
        sessions = try options.passwordPath.map { Sessions(password: try PasswordFile(path: $0)) }
    }

    /// Serves until SIGTERM or SIGINT; answers that have begun are finished.
    /// - Parameter onRunning: is told the address to open.
    /// - Throws: `DashboardError` `.cannotServe` when the address is taken or not this machine's.
    package func run(onRunning: @escaping @Sendable (_ address: String) -> Void) async throws {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await application(onRunning: onRunning).runService() }
                if let port = options.metricsPort { group.addTask { try await operations(port).run() } }
                if let path = options.tracePath { group.addTask { try await trace(to: path) } }
                // Whatever ends first, by a signal or an error, ends the others.
                try await group.next()
                group.cancelAll()
            }
        } catch let error as IOError {
            throw DashboardError(
                .cannotServe,
                "\(options.host), port \(options.port)" + (options.metricsPort.map { " or \($0)" } ?? "")
                    + ": cannot be listened on (\(error.description))")
        }
    }

    private func operations(_ port: Int) -> OperationsServer {
        let follower = follower
        return OperationsServer(
            port: port, logger: logger, metrics: { LedgerMetrics.registry(of: await follower.current()) },
            readiness: { await Self.readiness(of: follower) })
    }

    /// Appends the spans of every round to `path` as it ends, those that had ended before the start included.
    private func trace(to path: String) async throws {
        let export = SpanExport(path: path)
        let service = "ledger"
        var tracer = RoundTracer(service: service)
        var position = 0
        while !Task.isCancelled {
            let snapshot = await follower.current()
            for (entry, record) in zip(snapshot.entries, snapshot.records).dropFirst(position) {
                tracer.adopt(entry, of: record)
            }
            position = snapshot.entries.count
            do {
                try export.append(tracer.takeEnded(), of: service)
            } catch {
                throw DashboardError(
                    .cannotServe, "--traces \(path): cannot be written (\(error.localizedDescription))")
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// The problem itself may name files of this machine: whoever may see it logs in.
    private static func readiness(of follower: LedgerFollower) async -> Readiness {
        await follower.current().problem == nil
            ? .ready : .notReady("the ledger cannot be shown in full; see the dashboard")
    }

    package func application(onRunning: @escaping @Sendable (String) -> Void = { _ in }) throws
        -> some ApplicationProtocol
    {
        let host = options.host.contains(":") ? "[\(options.host)]" : options.host
        let scheme = options.isEncrypted ? "https" : "http"
        let wanted = options.port
        return Application(
            router: router,
            server: try tlsConfiguration().map { try .tls(.http1(), tlsConfiguration: $0) } ?? .http1(),
            configuration: ApplicationConfiguration(address: .hostname(options.host, port: wanted)),
            onServerRunning: { onRunning("\(scheme)://\(host):\($0.localAddress?.port ?? wanted)/") }, logger: logger)
    }

    private func tlsConfiguration() throws -> TLSConfiguration? {
        guard let certificatePath = options.certificatePath, let keyPath = options.keyPath else { return nil }
        return try ServerCertificate.configuration(certificatePath: certificatePath, keyPath: keyPath)
    }

    private var router: Router<DashboardContext> {
        let router = Router(context: DashboardContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: SecurityHeaders(isEncrypted: options.isEncrypted))
        router.add(middleware: ErrorPages(templates: templates))
        if options.isLoopback { router.add(middleware: HostGuard()) }
        if let sessions {
            let login = LoginRoutes(sessions: sessions, templates: templates, isEncrypted: options.isEncrypted)
            router.add(middleware: LoginGate(sessions: sessions, cookieName: login.cookieName))
            login.add(to: router)
        }
        let follower = follower
        router.addHealth { await Self.readiness(of: follower) }
        PageRoutes(follower: follower, templates: templates, hasLogin: sessions != nil).add(to: router)
        return router
    }
}
