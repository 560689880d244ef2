import Federation
import Ledger
import RingArithmetic

/// Events at one party, and what follows from them.
extension SwarmRun {
    // MARK: Lives

    mutating func start(_ party: SwarmParty) throws {
        do {
            switch party {
            case .hospital(let member): try start(member)
            case .coordinator(let branch): try start(branch: branch)
            }
        } catch {
            // What a liar wrote into its own journal may be no contribution at all.
            guard !isHonest(party) else { throw error }
            note("\(party) cannot start again: \(error)")
        }
    }

    private mutating func start(_ member: Int) throws {
        guard hospitals[member].running == nil else { return }
        let party = SwarmParty.hospital(member)
        let before = hospitals[member].disk.ledger.count
        let (replayed, durable) = try hospitals[member].start(at: now)
        outcome.replayedEvents += replayed
        note("\(party) starts, \(replayed) events from its journal")
        if isHonest(party) {
            for effect in durable { observe(.hospital(member: member, effect, hospitals[member].disk)) }
        }
        look(at: hospitals[member].disk.ledger[before...], of: party)
        guard let running = hospitals[member].running else { return }
        for (number, job) in running.pending.inOrder { begin(job, number, of: member) }
        fetch(running.machine.wanted, by: member)
        // Says what the last crash kept from being said, and begins the ticks anew.
        queue.add(.tick(party, epoch: hospitals[member].epoch), at: now)
    }

    private mutating func start(branch: Int) throws {
        guard coordinators[branch].running == nil else { return }
        let party = SwarmParty.coordinator(branch: branch)
        let before = coordinators[branch].disk.ledger.count
        let (replayed, durable, alarms) = try coordinators[branch].start(at: now)
        outcome.replayedEvents += replayed
        note("\(party) starts, \(replayed) events from its journal")
        for effect in durable where isHonest(party) { observe(.coordinator(effect, coordinators[branch].disk)) }
        look(at: coordinators[branch].disk.ledger[before...], of: party)
        for alarm in alarms {
            let moment = max(now + 1, coordinators[branch].moment(of: alarm))
            queue.add(.tick(party, epoch: coordinators[branch].epoch), at: moment)
        }
        resume(branch)
    }

    private mutating func look(at records: ArraySlice<LedgerRecord>, of party: SwarmParty) {
        if isHonest(party), !records.isEmpty { observe(.adopted(party, Array(records))) }
    }

    /// What a coordinator does that was just started.
    private mutating func resume(_ branch: Int) {
        guard let running = coordinators[branch].running else { return }
        for (number, job) in running.pending.inOrder { begin(job, number, branch: branch) }
        let wanted = running.machine.wanted
        for member in wanted.keys.sorted() { fetch(wanted[member] ?? [], of: member, branch: branch) }
        queue.add(.tick(.coordinator(branch: branch), epoch: coordinators[branch].epoch), at: now)
    }

    /// The moment of the event at which this party dies, if it is to.
    private mutating func cut(_ party: SwarmParty, event: Int) -> SwarmCrash? {
        guard now < scenario.healsAtMilliseconds,
            let index = crashes[party]?.firstIndex(where: { $0.event == event })
        else { return nil }
        return crashes[party]?.remove(at: index)
    }

    private mutating func bury(_ party: SwarmParty, _ crash: SwarmCrash) {
        outcome.deaths += 1
        note("\(party) dies: \(crash.cut)")
        queue.add(.start(party), at: now + crash.downMilliseconds)
    }

    // MARK: Hospitals

    mutating func receive(_ event: HospitalEvent, of job: UInt64?, at member: Int) throws {
        guard hospitals[member].running != nil else { return }
        let party = SwarmParty.hospital(member)
        fingerprint.add(now, "\(party) \(event.kind)")
        let crash = event.isTick ? nil : cut(party, event: hospitals[member].events + 1)
        let before = hospitals[member].disk.ledger.count
        var skips = false
        if bug == .skipsJournal, case .contributed = event { skips = true }
        let step = try hospitals[member].receive(event, of: job, at: now, cut: crash?.cut, skipsJournal: skips)
        if isHonest(party), !skips { observe(.wrote(member: member, event)) }
        look(at: hospitals[member].disk.ledger[before...], of: party)
        for effect in step.effects { carryOut(effect, of: member) }
        for (number, job) in step.jobs { begin(job, number, of: member) }
        if let crash {
            hospitals[member].skewMilliseconds += crash.clockStepMilliseconds
            bury(party, crash)
        }
    }

    private mutating func carryOut(_ effect: HospitalEffect, of member: Int) {
        let party = SwarmParty.hospital(member)
        if isHonest(party) { observe(.hospital(member: member, effect, hospitals[member].disk)) }
        switch effect {
        case .send(let envelope): say(envelope, as: party, to: .coordinator(branch: branchOf[member]))
        case .fetch(let names): fetch(names, by: member)
        case .wake(let instant):
            queue.add(
                .tick(party, epoch: hospitals[member].epoch), at: max(now + 1, hospitals[member].moment(of: instant)))
        case .adopt(let round, _): note("\(party) adopts the model of round \(round)")
        case .report(let error): note("\(party) reports \(error)")
        case .persist(let record): note("\(party) persists \(record.summary)")
        case .keep, .perform: break
        }
    }

    mutating func begin(_ job: HospitalJob, _ number: UInt64, of member: Int) {
        var duration: UInt64 = 200
        if case .contribute = job { duration = scenario.trainingMilliseconds[member] }
        queue.add(
            .hospitalJob(member, epoch: hospitals[member].epoch, number: number, job), at: now + duration)
    }

    mutating func work(_ job: HospitalJob, of member: Int) -> HospitalEvent {
        let hospital = hospitals[member]
        guard case .contribute(let announcement, let account) = job else {
            var none = KeyedStream(key: [], label: "no randomness but in contributions")
            return hospital.work.carryOut(job, reading: hospital.disk, training: hospital.trainer, using: &none)
        }
        // A hospital that trains again after a crash trains another update, as noise would make it.
        var rng = KeyedStream(
            key: withUnsafeBytes(of: scenario.seed.littleEndian) { Array($0) }, label: "swarm contribution",
            indices: [UInt64(member), UInt64(announcement.round), UInt64(hospital.epoch)])
        let copy = rng
        let event: HospitalEvent
        if let forgery = liars[member]?.forgery {
            event = .contributed(
                round: announcement.round,
                forgery.contribution(
                    to: announcement, account, by: hospital.work, training: hospital.trainer, using: &rng))
        } else {
            event = hospital.work.carryOut(job, reading: hospital.disk, training: hospital.trainer, using: &rng)
        }
        if case .contributed(_, .success(let prepared)) = event {
            var again = copy
            let difference = try? hospital.trainer.train(
                from: announcement.model, round: announcement.round, under: setting.agreement.privacy, using: &again)
            observe(
                .trained(
                    member: member, base: announcement.model, difference: difference?.difference ?? [], prepared))
        }
        return event
    }

    // MARK: Coordinators

    mutating func receive(_ event: CoordinatorEvent, of job: UInt64?, branch: Int) throws {
        guard coordinators[branch].running != nil else { return }
        let party = SwarmParty.coordinator(branch: branch)
        fingerprint.add(now, "\(party) \(event.kind)")
        let crash = event.isTick ? nil : cut(party, event: coordinators[branch].events + 1)
        let before = coordinators[branch].disk.ledger.count
        let step = try coordinators[branch].receive(event, of: job, at: now, cut: crash?.cut)
        look(at: coordinators[branch].disk.ledger[before...], of: party)
        for effect in step.effects { carryOut(effect, branch: branch) }
        for (number, job) in step.jobs { begin(job, number, branch: branch) }
        if let crash {
            coordinators[branch].skewMilliseconds += crash.clockStepMilliseconds
            bury(party, crash)
        }
        forkIfDue()
    }

    private mutating func carryOut(_ effect: CoordinatorEffect, branch: Int) {
        let party = SwarmParty.coordinator(branch: branch)
        if isHonest(party) { observe(.coordinator(effect, coordinators[branch].disk)) }
        switch effect {
        case .send(let envelope, let member):
            if branchOf[member] == branch { say(envelope, as: party, to: .hospital(member)) }
        case .fetch(let names, let member): fetch(names, of: member, branch: branch)
        case .wake(let instant):
            queue.add(
                .tick(party, epoch: coordinators[branch].epoch),
                at: max(now + 1, coordinators[branch].moment(of: instant)))
        case .record(let record):
            note("\(party) records \(record.index): \((try? record.entry().summary) ?? "unreadable")")
        case .publish(let round, _): note("\(party) publishes the model of round \(round)")
        case .report(let error): note("\(party) reports \(error)")
        case .keep, .list, .perform, .finished: break
        }
    }

    mutating func begin(_ job: CoordinatorJob, _ number: UInt64, branch: Int) {
        queue.add(
            .coordinatorJob(branch: branch, epoch: coordinators[branch].epoch, number: number, job), at: now + 200)
    }

    /// An equivocating coordinator goes on twice: every other hospital talks to its double from here on.
    private mutating func forkIfDue() {
        guard scenario.coordinatorVice == .equivocates, coordinators.count == 1,
            coordinators[0].events >= scenario.forksAtEvent, coordinators[0].running != nil
        else { return }
        note("the coordinator becomes two")
        coordinators.append(coordinators[0])
        for member in hospitals.indices where member % 2 == 1 { branchOf[member] = 1 }
        resume(1)
    }

}

extension HospitalEvent {
    fileprivate var kind: String {
        switch self {
        case .started: "started"
        case .received(let message): "received \(message.envelope.payload.count)"
        case .woke: "woke"
        case .fetched(let names): "fetched \(names.count)"
        case .contributed(let round, _): "contributed \(round)"
        case .answered(let answers): "answered \(answers.round)"
        case .inspected(let round, let helpers): "inspected \(round) \(helpers)"
        case .judged(let round, _): "judged \(round)"
        case .checked(let check): "checked \(check.round) \(check.sumHolds)"
        case .validated(let round, let approved): "validated \(round) \(approved)"
        case .assembled: "assembled"
        case .recalled: "recalled"
        case .failed(let round, _): "failed \(round)"
        }
    }
}

extension CoordinatorEvent {
    fileprivate var kind: String {
        switch self {
        case .started: "started"
        case .received(let message): "received \(message.envelope.payload.count)"
        case .woke: "woke"
        case .fetched(let names, let member): "fetched \(names.count) from \(member)"
        case .judged(let round, _, _): "judged \(round)"
        case .summed(let round, _): "summed \(round)"
        case .failed(let round, _): "failed \(round)"
        }
    }
}

extension JournalRecord {
    fileprivate var summary: String {
        switch self {
        case .roundUsed(let round): "that round \(round) is used"
        case .contributed(let round, _, _, _): "its contribution to round \(round)"
        case .answered(let round, _, let set): "that it answers the openings of round \(round) for \(set)"
        case .sumShareReleased(let round, let accepted, _): "that it opens the sum of \(accepted) in round \(round)"
        case .erased(let round): "that round \(round) is erased"
        }
    }
}
