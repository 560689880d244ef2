import Federation
import FederationFixtures
import Foundation
import Ledger
import Logging
import Operations
import Synchronization

@testable import FederationService

/// A coordinator and its hospitals as nodes in one process, over mutual TLS on the loopback interface, each with a
/// directory of its own. A node can be stopped anywhere and started again.
final class LoopbackFederation: Sendable {
    let given: TestFederation
    let directory: String
    let settings = TransportSettings(stallSeconds: 10, retrySecondsMax: 1)
    let port = Mutex(0)
    /// Published models by party's name and round.
    let models = Mutex<[String: [UInt32: Digest]]>([:])
    let reports = Mutex<[String]>([])
    /// Lines of the log, for tests that look for a reason.
    let lines = Mutex<[String]>([])

    init(members: Int = 3, rounds: UInt32 = 2) throws {
        given = try TestFederation(members: members, rounds: rounds)
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("loopback-\(UUID())").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private var log: OperationalLog {
        OperationalLog(
            Logger(label: "test") { _ in
                PlainLineLogHandler(now: { Date() }) { line in self.lines.withLock { $0.append(line) } }
            })
    }

    private func observer(of name: String) -> @Sendable (NodeEvent) -> Void {
        { event in
            switch event {
            case .adopted(let round, let model):
                self.models.withLock { $0[name, default: [:]][round] = modelDigestOf(model) }
            case .reported(let error): self.reports.withLock { $0.append("\(name): \(error)") }
            case .restored, .opened, .entered, .ended, .finished: break
            }
        }
    }

    /// Runs the coordinator until it is done or its task is cancelled.
    func runCoordinator() async throws {
        let node = try CoordinatorNode(
            agreement: given.agreement, identity: given.coordinatorIdentity, initialModel: given.initialModel,
            directory: "\(directory)/coordinator", settings: settings, keepsCiphertexts: true, log: log,
            now: { Date() }, observe: observer(of: "coordinator"))
        guard !node.isSealed else { return }
        try await node.run(host: "127.0.0.1", port: port.withLock { $0 }, enrolment: nil) { bound in
            self.port.withLock { $0 = bound }
        }
    }

    func runHospital(_ member: Int) async throws {
        let name = given.identities[member].name
        let node = try HospitalNode(
            agreement: given.agreement, identity: given.identities[member], initialModel: given.initialModel,
            trainer: GivenTrainer(member: member, dimension: TestFederation.dimension, seed: 1),
            randomness: .insecureSeed(1), directory: "\(directory)/\(name)",
            coordinator: ("127.0.0.1", try await boundPort()), settings: settings, log: log, now: { Date() },
            observe: observer(of: name))
        try await node.run()
    }

    /// The coordinator's port, once it is bound.
    func boundPort() async throws -> Int {
        for _ in 0..<500 {
            let bound = port.withLock { $0 }
            if bound != 0 { return bound }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw ServiceError(.unreachable, "the coordinator of the test was never bound")
    }

    /// Runs everybody until the end, beside what else the test does.
    func run(beside: @Sendable @escaping (LoopbackFederation) async throws -> Void = { _ in }) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.runCoordinator() }
            for member in given.identities.indices { group.addTask { try await self.runHospital(member) } }
            group.addTask { try await beside(self) }
            try await group.waitForAll()
        }
    }

    /// Runs a node again and again, each time for some while only, and then to its end.
    static func runInterrupted(
        after pauses: [Duration], _ node: @Sendable @escaping () async throws -> Void
    ) async throws {
        for pause in pauses {
            let task = Task { try await node() }
            let timer = Task {
                try await Task.sleep(for: pause)
                task.cancel()
            }
            do {
                try await task.value
                timer.cancel()
                return
            } catch is CancellationError {
                continue
            }
        }
        try await node()
    }

    /// What everybody came to after the last round; one value when all agree.
    var finalModels: Set<Digest> {
        models.withLock { models in
            Set(models.values.compactMap { rounds in rounds.keys.max().flatMap { rounds[$0] } })
        }
    }

    var records: [LedgerRecord] {
        get throws { try LedgerAuditRecords.read("\(directory)/coordinator/ledger") }
    }
}
