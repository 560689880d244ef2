import AsyncAlgorithms
package import Federation
import FederationSetup
package import Foundation
import GRPCCore
package import Ledger
import Logging
package import Operations
import SQLiteStorage

/// The coordinator as a process: the port that hospitals dial, and one mailbox loop that journals every event, lets the
/// machine receive it and carries out what the machine asks for (Decision 0014).
package struct CoordinatorNode: Sendable {
    private enum Mail: Sendable {
        /// - Parameter job: the number of the job whose result the event is.
        case event(CoordinatorEvent, job: UInt64?)
        /// What hospitals brought could not be kept.
        case failed(StorageError)
    }

    private let agreement: Agreement
    private let federation: Digest
    private let identity: Identity
    private let initialModel: [Float]
    private let files: NodeFiles
    private let blobs: BlobDirectory
    private let connections: MemberConnections
    private let work: CoordinatorWork
    private let settings: TransportSettings
    private let keepsCiphertexts: Bool
    private let log: OperationalLog
    private let now: @Sendable () -> Date
    private let observe: @Sendable (NodeEvent) -> Void
    private let mailbox = AsyncChannel<Mail>()
    private let queue = WorkQueue(label: "cordon.coordinator.work")

    /// How long a coordinator that is done waits for hospitals that have not heard everything yet.
    private static let farewellSeconds = 120

    /// - Parameters:
    ///   - directory: the node's own; journal and ledger live in it.
    ///   - probes: those that the agreement names.
    ///   - keepsCiphertexts: whether ended rounds' ciphertexts stay for auditors.
    package init(
        agreement: Agreement, identity: Identity, initialModel: [Float], probes: SuspicionProbes = SuspicionProbes([]),
        directory: String, settings: TransportSettings,
        keepsCiphertexts: Bool, log: OperationalLog, now: @escaping @Sendable () -> Date,
        observe: @escaping @Sendable (NodeEvent) -> Void
    ) throws {
        self.agreement = agreement
        federation = try agreement.federation
        self.identity = identity
        self.initialModel = initialModel
        files = NodeFiles(directory: directory)
        blobs = BlobDirectory(directory: files.ledgerDirectory)
        connections = MemberConnections(names: agreement.members.map(\.name), blobs: blobs, log: log)
        work = CoordinatorWork(
            agreement: agreement, publics: try PublicDerivations(for: agreement, probes: probes, keepingBlocks: false))
        self.settings = settings
        self.keepsCiphertexts = keepsCiphertexts
        self.log = log
        self.now = now
        self.observe = observe
    }

    /// Members that are connected now.
    package var connected: Set<Int> { connections.connected }

    /// Serves until every agreed round has ended and everybody has heard of it, and seals the ledger; or until the task
    /// is cancelled.
    ///
    /// - Parameters:
    ///   - host: the address to listen at, a number; port 0 takes a free one.
    ///   - enrolment: the desk where late hospitals fetch the agreement in force.
    ///   - listening: told the port once hospitals can dial it.
    /// - Throws: `StorageError` when something cannot be made durable: the node stops rather than forget;
    ///   `ServiceError(.unreachable)` when the port cannot be had.
    package func run(
        host: String, port: Int, enrolment: EnrolmentService?, listening: @Sendable @escaping (Int) -> Void
    ) async throws {
        let journal = try files.journal(of: identity.name, in: federation)
        try blobs.removePartialFiles()
        let ledger = try SQLiteLedgerStore(directory: files.ledgerDirectory)
        try ledger.keep(agreement: agreement.canonicalJSON)
        // New members fetch what the federation before has left.
        if agreement.predecessor != nil { try keep(ModelChunks.tree(of: initialModel)) }
        let (restored, alarms, last) = try restore(from: journal, ledger)
        let mailbox = mailbox
        let service = CoordinatorService(
            agreement: agreement, federation: federation, connections: connections, blobs: blobs, settings: settings,
            log: log, now: now, deliver: { await mailbox.send(.event($0, job: nil)) },
            fail: { await mailbox.send(.failed($0)) })
        let port = try NodePort(
            identity: identity, host: host, port: port, settings: settings, log: log, now: now)
        let services: [any RegistrableRPCService] = [service] + (enrolment.map { [$0] } ?? [])
        try await port.serving(services, listening: listening) {
            defer { connections.close() }
            let coordinator = try await self.drive(restored, alarms, after: last, journal, ledger)
            try ledger.seal(checkpoint: coordinator.machine.cosignedCheckpoint(), signedBy: identity)
        }
        try journal.close()
    }

    /// Whether every round has ended and the ledger is sealed: there is nothing to run.
    package var isSealed: Bool { SQLiteLedgerStore.isSealed(in: files.ledgerDirectory) }

    private func drive(
        _ restored: JournalledCoordinator, _ alarms: [Instant], after last: Instant, _ journal: EventJournal,
        _ ledger: SQLiteLedgerStore
    ) async throws -> JournalledCoordinator {
        var coordinator = restored
        let mailbox = mailbox
        try await withThrowingDiscardingTaskGroup { group in
            defer { group.cancelAll() }
            for (number, job) in coordinator.pending.inOrder { start(number, job, in: &group) }
            for (member, names) in coordinator.machine.wanted { askForChunks(names, of: member, in: &group) }
            // The alarms of before a crash ring again, and one at once: what could not be said then is said now.
            for instant in alarms { wake(at: instant, in: &group) }
            group.addTask { await mailbox.send(.event(.woke, job: nil)) }
            try await loop(&coordinator, after: last, journal, ledger, in: &group)
        }
        return coordinator
    }

    // MARK: Restoring

    /// - Returns: the machine as it was, the instants at which it wanted to be woken and was not yet, and the latest
    ///   instant that it or the ledger knows.
    private func restore(from journal: EventJournal, _ ledger: SQLiteLedgerStore) throws
        -> (JournalledCoordinator, alarms: [Instant], last: Instant)
    {
        let kept = try journal.snapshot().map(CoordinatorSnapshot.init(bytes:))
        let machine: Coordinator
        if let kept {
            machine = try Coordinator(
                restoring: kept, records: ledger.records(), agreement: agreement, identity: identity,
                initialModel: initialModel, reading: blobs)
        } else {
            machine = try Coordinator(agreement: agreement, identity: identity, initialModel: initialModel)
        }
        var coordinator = JournalledCoordinator(machine, jobsBefore: kept?.jobsBefore ?? 0)
        var count = 0
        var alarms: Set<Instant> = []
        var last = Instant(milliseconds: 0)
        try journal.replay { event in
            let instant = Instant(milliseconds: event.milliseconds)
            last = instant
            let step = try coordinator.replay(CoordinatorJournalEntry(bytes: event.bytes), at: instant) {
                work.carryOut($0, reading: blobs)
            }
            count += 1
            alarms = alarms.filter { $0 > instant }
            for effect in step.effects {
                if case .wake(let alarm) = effect { alarms.insert(alarm) }
                try keepAgain(effect)
            }
        }
        if count == 0, kept == nil {
            guard try ledger.count() == 0 else {
                throw ServiceError(
                    .state,
                    "\(files.journalPath) is empty or lost, but \(files.ledgerDirectory) has entries: restore "
                        + "\(files.stateDirectory) as it was last (Documentation/Operations.md)")
            }
            let first = Instant(milliseconds: milliseconds(now()))
            try journal.append(
                EventJournal.Event(milliseconds: first.milliseconds, bytes: CoordinatorJournalEntry.started.bytes))
            for case .wake(let alarm) in coordinator.receive(.started, at: first).effects { alarms.insert(alarm) }
        }
        // What the ledger has must be what the replay made; what it lacks is appended before anybody hears of it.
        try ledger.adopt(coordinator.machine.log.records)
        observe(.restored(rounds: coordinator.machine.log.contract.endedRounds.count, events: count))
        let newest = Instant(milliseconds: coordinator.machine.log.records.last?.timestampMilliseconds ?? 0)
        return (coordinator, alarms.sorted(), max(last, newest))
    }

    /// What a crash may have kept from being written.
    private func keepAgain(_ effect: CoordinatorEffect) throws {
        switch effect {
        case .keep(let tree): try keep(tree)
        case .list(let names): try blobs.put(list: names)
        case .record, .fetch, .send, .perform, .wake, .publish, .finished, .report: break
        }
    }

    // MARK: Stepping

    private func loop(
        _ coordinator: inout JournalledCoordinator, after latest: Instant, _ journal: EventJournal,
        _ ledger: SQLiteLedgerStore,
        in group: inout ThrowingDiscardingTaskGroup<any Error>
    ) async throws {
        var watch = LedgerWatch(at: coordinator.machine.log.contract)
        var last = latest
        var endedRounds = coordinator.machine.log.contract.endedRounds.count
        var finishedAt: Date?
        for await mail in mailbox {
            let (event, job): (CoordinatorEvent, UInt64?)
            switch mail {
            case .event(let what, let number): (event, job) = (what, number)
            case .failed(let error): throw error
            }
            // The machine's time never runs backwards, whatever becomes of the clock.
            let instant = max(last, Instant(milliseconds: milliseconds(now())))
            last = instant
            let entry = JournalledCoordinator.entry(for: event, of: job)
            try journal.append(EventJournal.Event(milliseconds: instant.milliseconds, bytes: entry.bytes))
            let known = coordinator.machine.log.size
            let step = coordinator.receive(event, of: job, at: instant)
            // Records are durable before anybody hears of them.
            if coordinator.machine.log.size > known {
                try ledger.adopt(coordinator.machine.log.records[known...])
            }
            for effect in step.effects { try carryOut(effect, in: &group) }
            for (number, job) in step.jobs { start(number, job, in: &group) }
            let contract = coordinator.machine.log.contract
            for event in watch.events(in: contract, rounds: agreement.rounds) { observe(event) }
            if contract.endedRounds.count > endedRounds, let snapshot = coordinator.snapshot {
                endedRounds = contract.endedRounds.count
                try journal.compact(to: snapshot.bytes)
                connections.forgetWanted()
                try collectChunks(keeping: coordinator.machine.chunksToKeep)
                try saveCheckpoint(of: coordinator.machine, in: ledger)
            }
            if finishedAt == nil, contract.endedRounds.count >= Int(agreement.rounds), contract.round?.isOver ?? false {
                finishedAt = now()
                observe(.finished)
            }
            if let finishedAt, coordinator.machine.everybodyKnows || isLate(finishedAt) { return }
            try Task.checkCancellation()
        }
        // The mailbox ends when the task is cancelled: nothing has come to its end.
        throw CancellationError()
    }

    private func isLate(_ finishedAt: Date) -> Bool {
        now().timeIntervalSince(finishedAt) >= TimeInterval(Self.farewellSeconds)
    }

    private func carryOut(_ effect: CoordinatorEffect, in group: inout ThrowingDiscardingTaskGroup<any Error>) throws {
        switch effect {
        case .record:
            // Durable already, with all others of the step.
            break
        case .keep(let tree): try keep(tree)
        case .list(let names): try blobs.put(list: names)
        case .fetch(let names, let member): askForChunks(names, of: member, in: &group)
        case .send(let envelope, let member): connections.send(envelope, to: member)
        case .wake(let instant): wake(at: instant, in: &group)
        case .publish(let round, let model): observe(.adopted(round: round, model: model))
        case .finished: break
        case .report(let error):
            log.log(.error, "reported", [("code", .code(error.code)), ("reason", .reason(error))])
            observe(.reported(error))
        case .perform: preconditionFailure("jobs are numbered and apart from effects")
        }
    }

    private func keep(_ tree: ChunkTree) throws {
        for (chunk, name) in zip(tree.chunks, tree.names.digests) { try blobs.keep(chunk, named: name) }
        try blobs.flush(tree.names.digests)
    }

    private func askForChunks(
        _ names: [Digest], of member: Int, in group: inout ThrowingDiscardingTaskGroup<any Error>
    ) {
        guard !names.isEmpty, connections.want(names, of: member) else { return }
        let mailbox = mailbox
        group.addTask { await mailbox.send(.event(.fetched(names, from: member), job: nil)) }
    }

    private func wake(at instant: Instant, in group: inout ThrowingDiscardingTaskGroup<any Error>) {
        let (mailbox, now) = (mailbox, now)
        group.addTask {
            let left = Int64(instant.milliseconds) - Int64(now().timeIntervalSince1970 * 1000)
            do {
                try await Task.sleep(for: .milliseconds(max(0, left)))
            } catch {
                return
            }
            await mailbox.send(.event(.woke, job: nil))
        }
    }

    private func start(
        _ number: UInt64, _ job: CoordinatorJob, in group: inout ThrowingDiscardingTaskGroup<any Error>
    ) {
        let (work, queue, blobs, mailbox) = (work, queue, blobs, mailbox)
        group.addTask {
            let event = await queue.perform { work.carryOut(job, reading: blobs) }
            await mailbox.send(.event(event, job: number))
        }
    }

    // MARK: Ends of rounds

    /// Removes ended rounds' ciphertexts, unless auditors may want them; what hospitals may still ask for stays.
    private func collectChunks(keeping needed: Set<Digest>) throws {
        guard !keepsCiphertexts else { return }
        let initial = agreement.predecessor?.modelChunks ?? []
        try blobs.retain(ciphertexts: { _ in false }, chunks: needed.union(initial))
    }

    private func saveCheckpoint(of machine: Coordinator, in ledger: SQLiteLedgerStore) throws {
        try ledger.saveCheckpoint(note: machine.cosignedCheckpoint().encoded)
    }

    private func milliseconds(_ date: Date) -> UInt64 { UInt64(max(0, date.timeIntervalSince1970 * 1000)) }
}
