import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Operations
import Testing

@Suite struct OperationsServerTests {
    private func server(_ readiness: Readiness) -> OperationsServer {
        OperationsServer(
            port: 0, logger: Logger(label: "test"), metrics: { MetricsRegistryTests.sample() }, readiness: { readiness }
        )
    }

    @Test func metricsAreServedInPrometheusFormat() async throws {
        try await server(.ready).application.test(.live) { client async throws in
            let response = try await client.execute(uri: "/metrics", method: .get)
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(String(buffer: response.body) == MetricsRegistryTests.sample().prometheusText)
        }
    }

    @Test func healthAndReadinessAreDifferentQuestions() async throws {
        try await server(.notReady("waits for the ledger")).application.test(.live) { client async throws in
            #expect(try await client.execute(uri: "/healthz", method: .get).status == .ok)
            let waiting = try await client.execute(uri: "/readyz", method: .get)
            #expect(waiting.status == .serviceUnavailable)
            #expect(String(buffer: waiting.body) == "waits for the ledger\n")
        }
        try await server(.ready).application.test(.live) { client async throws in
            #expect(try await client.execute(uri: "/readyz", method: .get).status == .ok)
            #expect(try await client.execute(uri: "/readyz", method: .head).status == .ok)
            #expect(try await client.execute(uri: "/secrets", method: .get).status == .notFound)
        }
    }
}
