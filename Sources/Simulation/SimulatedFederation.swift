import Federation
import Ledger
import RingArithmetic

/// A whole federation in one process: the very machines that hospitals and coordinator run, driven by one queue of
/// events in simulated time. Slow work runs on all cores, and yet the run is a function of its seed: a result takes its
/// place in the queue when the work is *begun*, and the queue waits for it when its time comes.
struct SimulatedFederation {
    enum Party: Sendable, Hashable {
        case coordinator
        case hospital(Int)
    }

    private enum Occurrence {
        case delivery([UInt8], to: Party)
        case coordinator(CoordinatorEvent)
        case hospital(Int, HospitalEvent)
        case coordinatorResult(Task<CoordinatorEvent, Never>)
        case hospitalResult(Int, Task<HospitalEvent, Never>)
        case transfer(Transfer)
        case arrival(Transfer, [[UInt8]])
    }

    /// Chunks that the coordinator fetches from a hospital, or the hospital from the coordinator.
    private struct Transfer: Sendable {
        let names: [Digest]
        let member: Int
        let isUpload: Bool
    }

    let agreement: Agreement
    private let federation: Digest
    private(set) var coordinator: Coordinator
    private(set) var hospitals: [Hospital]
    private let coordinatorWork: SimulatedCoordinatorWork
    private let workers: [SimulatedHospitalWork]
    private let vanishings: [Vanishing]
    private let storage: RunStorage
    private var coordinatorShelf: ChunkShelf
    private var shelves: [ChunkShelf]
    private let clock: WorkClock
    private let seed: UInt64

    private var queue = EventQueue<Occurrence>()
    private var mailbag: Mailbag
    private(set) var now: UInt64
    private var jobs = 0
    private var finishedAt: UInt64?
    /// When the last round ended; at first, when everything began.
    private var lastEnding: UInt64
    private(set) var trace: FederationTrace
    private(set) var journals: [[JournalRecord]]
    private var ledgerFailure: (any Error)?

    /// The first instant of simulated time: a constant, so that the same seed gives the same ledger.
    private static let epochMilliseconds: UInt64 = 1_700_000_000_000
    /// How long stragglers may still receive the last records after the last round.
    private static let farewellMilliseconds: UInt64 = 10_000
    /// Simulated durations of work; they order events and say nothing about speed.
    private static let trainingMilliseconds: UInt64 = 60_000
    private static let workMilliseconds: UInt64 = 200
    /// Far beyond every deadline, retransmission and delay that the options allow.
    private static let overdueMilliseconds: UInt64 = 3_600_000

    init(
        agreement: Agreement, coordinator: Coordinator, hospitals: [Hospital],
        coordinatorWork: SimulatedCoordinatorWork, workers: [SimulatedHospitalWork], vanishings: [Vanishing],
        faults: NetworkFaults, storage: RunStorage, clock: WorkClock, seed: UInt64
    ) throws {
        self.agreement = agreement
        federation = try agreement.federation
        self.coordinator = coordinator
        self.hospitals = hospitals
        self.coordinatorWork = coordinatorWork
        self.workers = workers
        self.vanishings = vanishings
        self.storage = storage
        coordinatorShelf = ChunkShelf(store: storage.blobs)
        shelves = hospitals.map { _ in ChunkShelf() }
        self.clock = clock
        self.seed = seed
        mailbag = Mailbag(faults: faults, rng: .simulation(seed: seed, purpose: "network"))
        now = Self.epochMilliseconds
        lastEnding = Self.epochMilliseconds
        trace = FederationTrace()
        journals = Array(repeating: [], count: hospitals.count)
    }

    /// Runs until the last agreed round has ended.
    mutating func run(observing observer: RunObserver) async throws {
        queue.add(.coordinator(.started), at: now)
        for member in hospitals.indices { queue.add(.hospital(member, .started), at: now + 1) }
        while let (time, occurrence) = queue.next() {
            if let finishedAt, time > finishedAt + Self.farewellMilliseconds { break }
            now = time
            try checkProgress()
            try Task.checkCancellation()
            switch occurrence {
            case .delivery(let bytes, let party): deliver(bytes, to: party, observer)
            case .coordinator(let event): step(event, observer)
            case .hospital(let member, let event): step(member, event)
            case .coordinatorResult(let task): step(await task.value, observer)
            case .hospitalResult(let member, let task):
                let event = await task.value
                if case .contributed(let round, .success) = event { observer.trained(member, round: round) }
                step(member, event)
            case .transfer(let transfer): begin(transfer)
            case .arrival(let transfer, let chunks): arrive(transfer, chunks, observer)
            }
            if let ledgerFailure { throw ledgerFailure }
        }
        trace.close(bytesSent: mailbag.bytesSent, messages: mailbag.messagesSent, lost: mailbag.messagesLost)
    }

    /// A round ends at its last deadline at the latest; if it does not, the program is at fault and says so.
    private func checkProgress() throws {
        guard finishedAt == nil else { return }
        let contract = coordinator.log.contract
        let due = contract.openRound?.deadlines.vote ?? lastEnding + agreement.deadlines.commitMilliseconds
        guard now <= due + Self.overdueMilliseconds else {
            let round = contract.round.map { "round \($0.number) in phase \($0.phase)" } ?? "the first round"
            throw SimulationError(
                .internalFailure,
                "\(round): nothing ended or began for \((now - due) / 1000) simulated seconds after a deadline; "
                    + "please report this with the seed \(seed) and the command line")
        }
    }

    // MARK: Stepping

    private mutating func deliver(_ bytes: [UInt8], to party: Party, _ observer: RunObserver) {
        let verified = clock.measure(.ledger) {
            Result { try Verified(verifying: Envelope(bytes: bytes), under: agreement, in: federation) }
        }
        guard case .success(let message) = verified else {
            // In a simulation every sender is ours, so a message that does not verify or parse is a fault worth
            // telling.
            if case .failure(let error) = verified { trace.reports.append("a message was dropped: \(error)") }
            return
        }
        switch party {
        case .coordinator: step(.received(message), observer)
        case .hospital(let member): step(member, .received(message))
        }
    }

    private mutating func step(_ event: CoordinatorEvent, _ observer: RunObserver) {
        let instant = Instant(milliseconds: now)
        let effects = clock.measure(.ledger) { coordinator.receive(event, at: instant) }
        for effect in effects { carryOut(effect, observer) }
        trace.enter(
            phase: coordinator.log.contract.round.map { $0.isOver ? "idle" : "\($0.phase)" } ?? "setup",
            bytesSent: mailbag.bytesSent, observer)
    }

    private mutating func step(_ member: Int, _ event: HospitalEvent) {
        let instant = Instant(milliseconds: now)
        let effects = clock.measure(.ledger) { hospitals[member].receive(event, at: instant) }
        for effect in effects { carryOut(effect, for: member) }
    }

    private mutating func carryOut(_ effect: CoordinatorEffect, _ observer: RunObserver) {
        switch effect {
        case .record(let record):
            do {
                try clock.measure(.ledger) { try storage.ledger.append(record) }
            } catch {
                ledgerFailure = error
            }
            trace.note(record, in: coordinator.log.contract, observer)
            lastEnding = now
        case .keep(let tree):
            coordinatorShelf.keep(tree)
        case .list(let names):
            do {
                try clock.measure(.ledger) { try coordinatorShelf.list(names) }
            } catch {
                ledgerFailure = error
            }
        case .fetch(let names, let member):
            begin(Transfer(names: names, member: member, isUpload: true))
        case .send(let envelope, let member):
            guard !isVanished(member) else { return }
            trace.count(envelope, from: nil)
            post(envelope, to: .hospital(member))
        case .perform(let job):
            let work = coordinatorWork
            let shelf = coordinatorShelf
            let task = Task.detached { work.carryOut(job, reading: shelf) }
            queue.add(.coordinatorResult(task), at: now + Self.workMilliseconds)
        case .wake(let instant):
            queue.add(.coordinator(.woke), at: instant.milliseconds)
        case .publish(let round, let model):
            observer.published(model, round: Int(round))
        case .finished:
            finishedAt = now
        case .report(let error):
            trace.reports.append("coordinator: \(error)")
        }
    }

    private mutating func carryOut(_ effect: HospitalEffect, for member: Int) {
        switch effect {
        case .persist(let record):
            journals[member].append(record)
            if case .erased = record { shelves[member].forget() }
        case .keep(let tree):
            shelves[member].keep(tree)
        case .fetch(let names):
            begin(Transfer(names: names, member: member, isUpload: false))
        case .send(let envelope):
            guard !isVanished(member) else { return }
            trace.count(envelope, from: member)
            post(envelope, to: .coordinator)
        case .perform(let job):
            jobs += 1
            let work = workers[member]
            let shelf = shelves[member]
            let rng = KeyedStream.simulation(seed: seed, purpose: "hospital \(member) job \(job.name)")
            let duration: UInt64
            if case .contribute = job { duration = Self.trainingMilliseconds } else { duration = Self.workMilliseconds }
            let task = Task.detached {
                var rng = rng
                return work.carryOut(job, reading: shelf, using: &rng)
            }
            queue.add(.hospitalResult(member, task), at: now + duration)
        case .wake(let instant):
            queue.add(.hospital(member, .woke), at: instant.milliseconds)
        case .adopt:
            break
        case .report(let error):
            trace.reports.append("\(agreement.members[member].name): \(error)")
        }
    }

    private mutating func post(_ envelope: Envelope, to party: Party) {
        for delivery in mailbag.post(envelope.bytes) {
            queue.add(.delivery(delivery.bytes, to: party), at: now + delivery.delayMilliseconds)
        }
    }

    /// Moves chunks that are still wanted; what the sender lacks, or cannot send for being cut off, is tried again
    /// later.
    private mutating func begin(_ transfer: Transfer) {
        let (member, isUpload) = (transfer.member, transfer.isUpload)
        let wanted = Set(isUpload ? coordinator.wanted[member] ?? [] : hospitals[member].wanted)
        let names = transfer.names.filter(wanted.contains)
        guard !names.isEmpty else { return }
        let sender = isUpload ? shelves[member] : coordinatorShelf
        let sendable = isVanished(member) ? [] : names
        let found = sendable.compactMap { name in (try? sender.chunk(name)).map { (name, $0) } }
        if found.count < names.count {
            let missing = Set(names).subtracting(found.map(\.0))
            queue.add(
                .transfer(Transfer(names: names.filter(missing.contains), member: member, isUpload: isUpload)),
                at: now + Mailbag.stallMilliseconds)
        }
        guard !found.isEmpty else { return }
        let bytes = found.reduce(0) { $0 + $1.1.count }
        let moved = mailbag.transfer(bytes)
        let isModel = hospitals[member].missedModel?.names.contains(found[0].0) ?? false
        trace.count(
            bytes: bytes * moved.attempts, as: isModel && !isUpload ? .model : .ciphertext,
            from: isUpload ? member : nil)
        queue.add(
            .arrival(Transfer(names: found.map(\.0), member: member, isUpload: isUpload), found.map(\.1)),
            at: now + moved.delayMilliseconds)
    }

    private mutating func arrive(_ transfer: Transfer, _ chunks: [[UInt8]], _ observer: RunObserver) {
        let member = transfer.member
        do {
            for chunk in chunks {
                if transfer.isUpload {
                    try clock.measure(.ledger) { try coordinatorShelf.take(chunk) }
                } else {
                    try shelves[member].take(chunk)
                }
            }
        } catch {
            ledgerFailure = error
            return
        }
        if transfer.isUpload {
            step(.fetched(transfer.names, from: member), observer)
        } else {
            step(member, .fetched(transfer.names))
        }
    }

    /// A vanished hospital is cut off: nothing reaches it and nothing it says gets out, until the round is over.
    private func isVanished(_ member: Int) -> Bool {
        guard let round = coordinator.log.contract.round, !round.isOver else { return false }
        return vanishings.contains { $0.member == member && $0.covers(round: round.number, phase: round.phase) }
    }
}

/// A hospital that is cut off from a phase of a round on, until that round ends.
struct Vanishing: Sendable {
    let member: Int
    let phase: RoundPhase
    /// nil: in every round.
    let round: UInt32?

    func covers(round number: UInt32, phase current: RoundPhase) -> Bool {
        (round == nil || round == number) && current >= phase
    }
}

extension HospitalJob {
    /// Names the job within its hospital, so that each has its own stream of randomness.
    var name: String {
        switch self {
        case .contribute(let round, _): "contribute \(round.round)"
        case .answer(let round, _): "answer \(round.round)"
        case .inspect(let round, _, _): "inspect \(round.round)"
        case .judge(let round, _, _): "judge \(round.round)"
        case .check(let sum): "check \(sum.round.round) \(sum.assigned.keys.sorted())"
        case .validate(let round, _, _): "validate \(round)"
        case .assemble(_, let digest): "assemble \(digest.hex)"
        case .recall(let name): "recall \(name.hex)"
        }
    }
}

extension KeyedStream {
    /// Randomness of a simulation: a function of seed and purpose. Never used outside simulation.
    static func simulation(seed: UInt64, purpose: String) -> KeyedStream {
        KeyedStream(key: withUnsafeBytes(of: seed.littleEndian) { Array($0) }, label: "cordon/simulation/v1/\(purpose)")
    }
}
