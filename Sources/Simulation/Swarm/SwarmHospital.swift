import Federation
import Ledger
import MultipartyEncryption
import RingArithmetic

/// A hospital's process in a swarm: steps its machine as `HospitalNode` does, on a disk that survives it.
struct SwarmHospital: Sendable {
    let member: Int
    private let setting: SwarmSetting
    let work: HospitalWork
    let trainer: SwarmTrainer
    private(set) var disk: SwarmDisk
    /// Nil while it is down.
    private(set) var running: JournalledHospital?
    /// Counts starts: what belongs to an earlier life is void.
    private(set) var epoch = 0
    /// Events so far that are no ticks.
    private(set) var events = 0
    var skewMilliseconds: Int64
    private var last = Instant(milliseconds: 0)

    init(member: Int, setting: SwarmSetting, publics: PublicDerivations, scenario: SwarmScenario) {
        self.member = member
        self.setting = setting
        work = HospitalWork(agreement: setting.agreement, member: member, publics: publics)
        trainer = SwarmTrainer(approvesCandidates: scenario.approvals[member])
        disk = SwarmDisk(recipientSeeds: setting.recipientSeeds[member])
        skewMilliseconds = scenario.skewsMilliseconds[member]
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
    /// - Returns: how many events were replayed, and what is durable by them.
    mutating func start(at now: UInt64) throws -> (replayed: Int, durable: [HospitalEffect]) {
        let agreement = setting.agreement
        let keys = try disk.recipientSeeds.map { try $0.map { try OneTimeRecipientKey(seed: $0) } }
        let kept = try disk.snapshot.map(HospitalSnapshot.init(bytes:))
        let machine: Hospital
        if let kept {
            machine = try Hospital(
                restoring: kept, records: disk.ledger, agreement: agreement, member: member,
                identity: setting.identities[member], initialModel: setting.initialModel, recipientKeys: keys)
        } else {
            machine = try Hospital(
                agreement: agreement, member: member, identity: setting.identities[member],
                initialModel: setting.initialModel, recipientKeys: keys.compactMap { $0 })
        }
        var hospital = JournalledHospital(machine, jobsBefore: kept?.jobsBefore ?? 0)
        var erased: UInt32?
        var durable: [HospitalEffect] = []
        for event in disk.journal {
            let instant = Instant(milliseconds: event.milliseconds)
            // A replay computes again what reads no randomness; contributions are in the journal.
            var none = KeyedStream(key: [], label: "no randomness in a replay")
            let step = try hospital.replay(
                HospitalJournalEntry(bytes: event.bytes), at: instant,
                opening: { disk.roundKeys.contains($1) ? $0 : nil },
                recomputing: { work.carryOut($0, reading: disk, training: trainer, using: &none) })
            erased = step.erasedRound ?? erased
            for case .keep(let tree) in step.effects { for chunk in tree.chunks { disk.keep(chunk) } }
            durable += step.effects.filter(\.isDurable)
        }
        let replayed = disk.journal.count
        last = Instant(milliseconds: 0)
        if replayed == 0, kept == nil {
            last = local(now)
            disk.append(HospitalJournalEntry.started.bytes, at: last.milliseconds)
            _ = hospital.receive(.started, at: last)
        }
        try disk.adopt(hospital.machine.log.records)
        running = hospital
        epoch += 1
        if let erased { compact(hospital, erased: erased, cut: nil) }
        return (replayed, durable)
    }

    mutating func die() { running = nil }

    /// - Parameter skipsJournal: a planted fault: the event is not written down.
    mutating func receive(
        _ event: HospitalEvent, of job: UInt64?, at now: UInt64, cut: SwarmCrash.Cut?, skipsJournal: Bool = false
    ) throws -> SwarmStep<HospitalEffect, HospitalJob> {
        guard var hospital = running else { return SwarmStep() }
        if !event.isTick { events += 1 }
        let instant = max(last, local(now))
        last = instant
        if cut == .beforeJournal { return death() }
        let entry = JournalledHospital.entry(for: event, of: job) { secret, round in
            disk.roundKeys.insert(round)
            return secret
        }
        if !skipsJournal { disk.append(entry.bytes, at: instant.milliseconds) }
        if cut == .torn { disk.tearJournal() }
        if cut == .torn || cut == .afterJournal { return death() }
        let known = hospital.machine.log.size
        let step = hospital.receive(event, of: job, at: instant)
        running = hospital
        try disk.adopt(hospital.machine.log.records[known...])
        var effects = step.effects
        if case .afterEffects(let count) = cut { effects = Array(effects.prefix(count)) }
        for case .keep(let tree) in effects { for chunk in tree.chunks { disk.keep(chunk) } }
        if case .afterEffects = cut { return death(after: effects) }
        if let round = step.erasedRound { compact(hospital, erased: round, cut: cut) }
        if cut != nil { return death(after: effects) }
        return SwarmStep(effects: effects, jobs: step.jobs)
    }

    private mutating func death(after effects: [HospitalEffect] = []) -> SwarmStep<HospitalEffect, HospitalJob> {
        die()
        return SwarmStep(effects: effects, isDead: true)
    }

    private mutating func compact(_ hospital: JournalledHospital, erased round: UInt32, cut: SwarmCrash.Cut?) {
        guard cut != .beforeCompacting, let snapshot = hospital.snapshot else { return }
        disk.compact(to: snapshot.bytes)
        guard cut != .beforeErasing else { return }
        disk.roundKeys = disk.roundKeys.filter { $0 > round }
        for index in disk.recipientSeeds.indices where !snapshot.keysLeft.contains(index) {
            disk.recipientSeeds[index] = nil
        }
        if hospital.machine.wanted.isEmpty { disk.forgetChunks() }
    }
}

extension HospitalEffect {
    fileprivate var isDurable: Bool {
        switch self {
        case .persist, .keep: true
        case .send, .fetch, .perform, .wake, .adopt, .report: false
        }
    }
}

extension HospitalEvent {
    var isTick: Bool {
        if case .woke = self { true } else { false }
    }
}
