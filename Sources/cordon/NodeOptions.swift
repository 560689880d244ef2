import ArgumentParser
import Federation
import FederationService
import FederationSetup
import Foundation
import Ledger
import Operations

/// What coordinator and hospital have in common as services.
struct NodeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Serve /healthz, /readyz and /metrics at this address, for the operator's own monitoring.",
            valueName: "host:port"))
    var operations: String?

    @Option(help: ArgumentHelp("How the log on standard error is written: plain or json.", valueName: "format"))
    var log: NodeLog = .plain

    @Flag(help: "Print what became of every hospital in every round as JSON, and nothing else, on standard output.")
    var json = false

    /// Runs the service, with its operations endpoints beside it where they are asked for.
    func withOperations<Result: Sendable>(
        _ metrics: NodeMetrics, isReady: @Sendable @escaping () -> Bool, log: OperationalLog,
        _ service: @Sendable @escaping () async throws -> Result
    ) async throws -> Result {
        guard let operations else { return try await service() }
        let address = try ServiceAddress(parsing: operations)
        let server = OperationsServer(
            host: address.host, port: address.port, logger: log.logger, metrics: { metrics.registry },
            readiness: { isReady() ? .ready : .notReady("not connected to the coordinator") })
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await service() }
            group.addTask {
                try await server.run()
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    /// Says what became of the federation, from the ledger.
    func conclude(_ records: [LedgerRecord], directory: String, _ progress: NodeProgress) throws {
        let agreement = try StoredAgreement.read(directory).agreement
        let log = try TransparencyLog.replay(records, checks: agreement.contractChecks)
        let table = ParticipationTable(log.contract, names: agreement.members.map(\.name))
        if json { return try StandardStreams.write(json: table) }
        StandardStreams.write("\n\(table.text)verify   cordon ledger verify \(directory)/ledger\n", to: .standardOutput)
    }
}
