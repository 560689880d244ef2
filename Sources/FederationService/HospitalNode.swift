import AsyncAlgorithms
package import Federation
import FederationSetup
package import Foundation
package import Ledger
import Logging
package import Operations
import RingArithmetic
import SQLiteStorage

/// A hospital as a process: one mailbox loop that journals every event, lets the machine receive it and carries out
/// what the machine asks for (Decision 0014). Killed at any moment and started again, it goes on as if nothing had
/// happened.
package struct HospitalNode<Trainer: LocalTrainer>: Sendable {
    private enum Mail: Sendable {
        /// - Parameter job: the number of the job whose result the event is.
        case event(HospitalEvent, job: UInt64?)
        /// The coordinator is reached, for the first time or again.
        case connected
    }

    private let agreement: Agreement
    private let federation: Digest
    private let member: Int
    private let identity: Identity
    private let initialModel: [Float]
    private let trainer: Trainer
    private let randomness: JobRandomness
    private let files: NodeFiles
    private let secrets: HospitalSecrets
    private let blobs: BlobDirectory
    private let link: CoordinatorLink
    private let work: HospitalWork
    private let log: OperationalLog
    private let now: @Sendable () -> Date
    private let observe: @Sendable (NodeEvent) -> Void
    private let mailbox = AsyncChannel<Mail>()
    private let queue: WorkQueue

    /// How long a hospital that is done stays, so that the coordinator hears that it has everything.
    private static var farewellSeconds: Int { 6 }

    /// - Parameters:
    ///   - probes: those that the agreement names.
    ///   - directory: the node's own; journal, keys and its copy of the ledger live in it.
    ///   - now: the clock.
    ///   - observe: told what happens, in order.
    /// - Throws: `FederationError(.agreement)` when the identity is no member's, or the probes are others.
    package init(
        agreement: Agreement, identity: Identity, initialModel: [Float], probes: SuspicionProbes = SuspicionProbes([]),
        trainer: Trainer, randomness: JobRandomness,
        directory: String, coordinator: (host: String, port: Int), settings: TransportSettings, log: OperationalLog,
        now: @escaping @Sendable () -> Date, observe: @escaping @Sendable (NodeEvent) -> Void
    ) throws {
        guard let member = agreement.members.firstIndex(where: { $0.publicKey == identity.publicKey }) else {
            throw FederationError(
                .agreement, "the identity of \(identity.name) is none of the members of \(agreement.name)")
        }
        self.agreement = agreement
        federation = try agreement.federation
        self.member = member
        self.identity = identity
        self.initialModel = initialModel
        self.trainer = trainer
        self.randomness = randomness
        files = NodeFiles(directory: directory)
        secrets = try HospitalSecrets(directory: files.secretsDirectory)
        blobs = BlobDirectory(directory: files.stateDirectory)
        link = try CoordinatorLink(
            host: coordinator.host, port: coordinator.port, agreement: agreement, identity: identity, blobs: blobs,
            settings: settings, log: log, now: now)
        work = HospitalWork(
            agreement: agreement, member: member, publics: try PublicDerivations(for: agreement, probes: probes))
        self.log = log
        self.now = now
        self.observe = observe
        queue = WorkQueue(label: "cordon.hospital.work")
    }

    /// Whether the coordinator is reached now.
    package var isConnected: Bool { link.isConnected }

    /// Runs until every agreed round has ended, or the task is cancelled.
    ///
    /// - Throws: `StorageError` when something cannot be made durable: the node stops rather than forget; what replay
    /// and
    ///   restoration throw for a journal that is not this node's.
    package func run() async throws {
        let journal = try files.journal(of: identity.name, in: federation)
        try blobs.removePartialFiles()
        let ledger = try SQLiteLedgerStore(directory: files.ledgerDirectory)
        try ledger.keep(agreement: agreement.canonicalJSON)
        var (hospital, last) = try restore(from: journal, ledger)
        try await withThrowingDiscardingTaskGroup { group in
            let link = link
            let mailbox = mailbox
            group.addTask {
                try await link.run(whenConnected: { await mailbox.send(.connected) }) {
                    await mailbox.send(.event($0, job: nil))
                }
            }
            defer { group.cancelAll() }
            for (number, job) in hospital.pending.inOrder { start(number, job, in: &group) }
            askForChunks(hospital.machine.wanted, in: &group)
            // Says what the last crash kept from being said, and begins the ticks anew.
            group.addTask { await mailbox.send(.event(.woke, job: nil)) }
            try await loop(&hospital, after: &last, journal, ledger, in: &group)
        }
        try journal.close()
    }

    // MARK: Restoring

    /// - Returns: the machine as it was, and the latest instant that it or the ledger knows.
    private func restore(from journal: EventJournal, _ ledger: SQLiteLedgerStore) throws
        -> (JournalledHospital, last: Instant)
    {
        let keyCount = Int(agreement.rounds)
        let machine: Hospital
        let kept = try journal.snapshot().map(HospitalSnapshot.init(bytes:))
        if let kept {
            machine = try Hospital(
                restoring: kept, records: ledger.records(), agreement: agreement,
                member: member, identity: identity, initialModel: initialModel,
                recipientKeys: secrets.recipientKeys(count: keyCount))
        } else {
            try secrets.makeRecipientKeys(count: keyCount)
            machine = try Hospital(
                agreement: agreement, member: member, identity: identity, initialModel: initialModel,
                recipientKeys: secrets.recipientKeys(count: keyCount).compactMap { $0 })
        }
        var hospital = JournalledHospital(machine, jobsBefore: kept?.jobsBefore ?? 0)
        var count = 0
        var lastErased: UInt32?
        var last = Instant(milliseconds: 0)
        try journal.replay { event in
            last = Instant(milliseconds: event.milliseconds)
            let step = try hospital.replay(
                HospitalJournalEntry(bytes: event.bytes), at: Instant(milliseconds: event.milliseconds),
                opening: secrets.open
            ) { job in
                // Trained anew for nothing would be a contribution: it is in the journal as it was.
                var generator = AnyCryptographicGenerator(SystemRandomNumberGenerator())
                return work.carryOut(job, reading: blobs, training: trainer, using: &generator)
            }
            count += 1
            lastErased = step.erasedRound ?? lastErased
            for effect in step.effects {
                if case .keep(let tree) = effect { try keep(tree) }
            }
        }
        if count == 0, kept == nil {
            // One-time keys and what was contributed went with the journal: this hospital's word would contradict
            // itself.
            guard try ledger.count() == 0 else {
                throw ServiceError(
                    .state,
                    "\(files.journalPath) is empty or lost, but \(files.ledgerDirectory) shows that this hospital "
                        + "took part already: restore \(files.stateDirectory) as it was last, or ask for a new "
                        + "federation (Documentation/Operations.md)")
            }
            let first = Instant(milliseconds: milliseconds(now()))
            try journal.append(
                EventJournal.Event(milliseconds: first.milliseconds, bytes: HospitalJournalEntry.started.bytes))
            _ = hospital.receive(.started, at: first)
        }
        try ledger.adopt(hospital.machine.log.records)
        if let lastErased { try compact(hospital, journal, erased: lastErased) }
        let contract = hospital.machine.log.contract
        observe(.restored(rounds: contract.endedRounds.count, events: count))
        // Whoever keeps the model may have died before it was told.
        if let last = contract.endedRounds.last, contract.lastPublishedModel == modelDigestOf(hospital.machine.model) {
            observe(.adopted(round: last.number, model: hospital.machine.model))
        }
        let newest = Instant(milliseconds: hospital.machine.log.records.last?.timestampMilliseconds ?? 0)
        return (hospital, max(last, newest))
    }

    // MARK: Stepping

    private func loop(
        _ hospital: inout JournalledHospital, after last: inout Instant, _ journal: EventJournal,
        _ ledger: SQLiteLedgerStore,
        in group: inout ThrowingDiscardingTaskGroup<any Error>
    ) async throws {
        var watch = LedgerWatch(at: hospital.machine.log.contract)
        var finishedAt: Date?
        for await mail in mailbox {
            guard case .event(let event, let job) = mail else {
                // At once, not at the next tick but one.
                let instant = max(last, Instant(milliseconds: milliseconds(now())))
                for effect in hospital.machine.greeting(at: instant) { try carryOut(effect, in: &group) }
                continue
            }
            // The machine's time never runs backwards, whatever becomes of the clock.
            let instant = max(last, Instant(milliseconds: milliseconds(now())))
            last = instant
            let entry = try JournalledHospital.entry(for: event, of: job, sealing: secrets.seal)
            try journal.append(EventJournal.Event(milliseconds: instant.milliseconds, bytes: entry.bytes))
            let known = hospital.machine.log.size
            let step = hospital.receive(event, of: job, at: instant)
            if hospital.machine.log.size > known {
                try ledger.adopt(hospital.machine.log.records[known...])
            }
            for effect in step.effects { try carryOut(effect, in: &group) }
            for (number, job) in step.jobs { start(number, job, in: &group) }
            if let round = step.erasedRound { try compact(hospital, journal, erased: round) }
            for event in watch.events(in: hospital.machine.log.contract, rounds: agreement.rounds) { observe(event) }
            if finishedAt == nil, isFinished(hospital.machine) {
                finishedAt = now()
                observe(.finished)
            }
            if let finishedAt, now().timeIntervalSince(finishedAt) >= TimeInterval(Self.farewellSeconds) { return }
            try Task.checkCancellation()
        }
        // The mailbox ends when the task is cancelled: nothing has come to its end.
        throw CancellationError()
    }

    private func isFinished(_ machine: Hospital) -> Bool {
        let contract = machine.log.contract
        guard contract.endedRounds.count >= Int(agreement.rounds), contract.round?.isOver ?? false else { return false }
        return contract.lastPublishedModel == nil || contract.lastPublishedModel == modelDigestOf(machine.model)
    }

    private func carryOut(
        _ effect: HospitalEffect, in group: inout ThrowingDiscardingTaskGroup<any Error>
    ) throws {
        switch effect {
        case .persist:
            // Everything it says follows from the event, which is on the disk.
            break
        case .keep(let tree): try keep(tree)
        case .fetch(let names): askForChunks(names, in: &group)
        case .send(let envelope): link.send(envelope)
        case .wake(let instant): wake(at: instant, in: &group)
        case .adopt(let round, let model): observe(.adopted(round: round, model: model))
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

    private func askForChunks(_ names: [Digest], in group: inout ThrowingDiscardingTaskGroup<any Error>) {
        guard !names.isEmpty else { return }
        let here = link.fetch(names)
        guard !here.isEmpty else { return }
        let mailbox = mailbox
        group.addTask { await mailbox.send(.event(.fetched(here), job: nil)) }
    }

    private func wake(at instant: Instant, in group: inout ThrowingDiscardingTaskGroup<any Error>) {
        let mailbox = mailbox
        let now = now
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

    private func start(_ number: UInt64, _ job: HospitalJob, in group: inout ThrowingDiscardingTaskGroup<any Error>) {
        let (work, queue, trainer, blobs, mailbox) = (work, queue, trainer, blobs, mailbox)
        let generator: AnyCryptographicGenerator
        if case .contribute(let announcement, _) = job {
            generator = randomness.generator(member: member, round: announcement.round)
        } else {
            generator = AnyCryptographicGenerator(SystemRandomNumberGenerator())
        }
        group.addTask {
            let event = await queue.perform {
                var generator = generator
                return work.carryOut(job, reading: blobs, training: trainer, using: &generator)
            }
            await mailbox.send(.event(event, job: number))
        }
    }

    // MARK: Compacting

    /// Puts a snapshot in the place of the events, and then erases what only they needed: the round's key, the one-time
    /// key that served it, and its chunks.
    private func compact(_ hospital: JournalledHospital, _ journal: EventJournal, erased round: UInt32) throws {
        guard let snapshot = hospital.snapshot else { return }
        try journal.compact(to: snapshot.bytes)
        try secrets.eraseRounds(through: round)
        try secrets.eraseRecipientKeys(except: snapshot.keysLeft, count: Int(agreement.rounds))
        link.forgetFetches()
        if hospital.machine.wanted.isEmpty { try blobs.retain(ciphertexts: { _ in false }, chunks: []) }
    }

    private func milliseconds(_ date: Date) -> UInt64 { UInt64(max(0, date.timeIntervalSince1970 * 1000)) }
}
