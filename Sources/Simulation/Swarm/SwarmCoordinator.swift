import Federation
import Ledger

/// The coordinator's process in a swarm: steps its machine as `CoordinatorNode` does, on a disk that survives it.
struct SwarmCoordinator: Sendable {
    private let setting: SwarmSetting
    private let work: CoordinatorWork
    private let tampers: Bool
    private(set) var disk = SwarmDisk()
    /// Nil while it is down.
    private(set) var running: JournalledCoordinator?
    /// Counts starts: what belongs to an earlier life is void.
    private(set) var epoch = 0
    /// Events so far that are no ticks.
    private(set) var events = 0
    private(set) var isFinished = false
    var skewMilliseconds: Int64
    private var last = Instant(milliseconds: 0)
    private var endedRounds = 0

    init(setting: SwarmSetting, publics: PublicDerivations, scenario: SwarmScenario) {
        self.setting = setting
        work = CoordinatorWork(agreement: setting.agreement, publics: publics)
        tampers = scenario.coordinatorVice == .tampers
        skewMilliseconds = scenario.coordinatorSkewMilliseconds
    }

    /// What its clock shows when so many milliseconds have passed since the beginning.
    private func local(_ now: UInt64) -> Instant {
        Instant(milliseconds: UInt64(Int64(SwarmSetting.epochMilliseconds + now) + skewMilliseconds))
    }

    /// Milliseconds since the beginning at which its clock shows this.
    func moment(of instant: Instant) -> UInt64 {
        UInt64(max(0, Int64(instant.milliseconds) - Int64(SwarmSetting.epochMilliseconds) - skewMilliseconds))
    }

    mutating func keep(_ chunk: [UInt8]) { disk.keep(chunk) }

    // MARK: Life

    /// Rebuilds the machine from the disk.
    ///
    /// - Returns: how many events were replayed, what is durable by them, and the instants at which the machine wanted
    ///   to be woken and was not yet.
    mutating func start(at now: UInt64) throws
        -> (replayed: Int, durable: [CoordinatorEffect], alarms: [Instant])
    {
        let kept = try disk.snapshot.map(CoordinatorSnapshot.init(bytes:))
        let machine: Coordinator
        if let kept {
            machine = try Coordinator(
                restoring: kept, records: disk.ledger, agreement: setting.agreement, identity: setting.coordinator,
                initialModel: setting.initialModel, reading: disk)
        } else {
            machine = try Coordinator(
                agreement: setting.agreement, identity: setting.coordinator, initialModel: setting.initialModel)
        }
        var coordinator = JournalledCoordinator(machine, jobsBefore: kept?.jobsBefore ?? 0)
        var durable: [CoordinatorEffect] = []
        var alarms: Set<Instant> = []
        for event in disk.journal {
            let instant = Instant(milliseconds: event.milliseconds)
            let step = try coordinator.replay(
                CoordinatorJournalEntry(bytes: event.bytes), at: instant
            ) { carryOut($0) }
            alarms = alarms.filter { $0 > instant }
            for case .wake(let alarm) in step.effects { alarms.insert(alarm) }
            for case .keep(let tree) in step.effects {
                for chunk in tree.chunks { disk.keep(chunk) }
                durable.append(.keep(tree))
            }
        }
        let replayed = disk.journal.count
        last = Instant(milliseconds: 0)
        if replayed == 0, kept == nil {
            last = local(now)
            disk.append(CoordinatorJournalEntry.started.bytes, at: last.milliseconds)
            for case .wake(let alarm) in coordinator.receive(.started, at: last).effects { alarms.insert(alarm) }
        }
        try disk.adopt(coordinator.machine.log.records)
        running = coordinator
        endedRounds = coordinator.machine.log.contract.endedRounds.count
        epoch += 1
        return (replayed, durable, alarms.sorted())
    }

    mutating func die() { running = nil }

    /// Its slow work; a tampering coordinator's lie is part of it, and the same in a replay.
    func carryOut(_ job: CoordinatorJob) -> CoordinatorEvent {
        let event = work.carryOut(job, reading: disk)
        guard tampers, case .summed(let round, .success(let sum)) = event,
            case .openSum(let closed, _, let keyAnswers, let base, _) = job
        else { return event }
        let liar = SimulatedCoordinatorWork(honest: work, tampers: true, clock: WorkClock())
        return .summed(round: round, liar.tampered(sum, closed, keyAnswers, base))
    }

    mutating func receive(_ event: CoordinatorEvent, of job: UInt64?, at now: UInt64, cut: SwarmCrash.Cut?) throws
        -> SwarmStep<CoordinatorEffect, CoordinatorJob>
    {
        guard var coordinator = running else { return SwarmStep() }
        if !event.isTick { events += 1 }
        let instant = max(last, local(now))
        last = instant
        if cut == .beforeJournal { return death() }
        disk.append(JournalledCoordinator.entry(for: event, of: job).bytes, at: instant.milliseconds)
        if cut == .torn { disk.tearJournal() }
        if cut == .torn || cut == .afterJournal { return death() }
        let known = coordinator.machine.log.size
        let step = coordinator.receive(event, of: job, at: instant)
        running = coordinator
        try disk.adopt(coordinator.machine.log.records[known...])
        var effects = step.effects
        if case .afterEffects(let count) = cut { effects = Array(effects.prefix(count)) }
        for case .keep(let tree) in effects { for chunk in tree.chunks { disk.keep(chunk) } }
        if case .afterEffects = cut { return death(after: effects) }
        compact(coordinator, cut: cut)
        if cut != nil { return death(after: effects) }
        return SwarmStep(effects: effects, jobs: step.jobs)
    }

    private mutating func death(after effects: [CoordinatorEffect] = [])
        -> SwarmStep<CoordinatorEffect, CoordinatorJob>
    {
        die()
        return SwarmStep(effects: effects, isDead: true)
    }

    private mutating func compact(_ coordinator: JournalledCoordinator, cut: SwarmCrash.Cut?) {
        let ended = coordinator.machine.log.contract.endedRounds.count
        guard ended > endedRounds, cut != .beforeCompacting, let snapshot = coordinator.snapshot else { return }
        endedRounds = ended
        disk.compact(to: snapshot.bytes)
        guard cut != .beforeErasing else { return }
        disk.forgetChunks(except: coordinator.machine.chunksToKeep)
    }
}

extension CoordinatorEvent {
    var isTick: Bool {
        if case .woke = self { true } else { false }
    }
}
