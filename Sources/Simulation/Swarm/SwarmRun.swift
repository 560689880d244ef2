import Federation
import Ledger
import RingArithmetic

/// One federation under the faults of one scenario, in simulated time, in one thread, with every checker looking on.
struct SwarmRun {
    enum Occurrence {
        case delivery([UInt8], from: SwarmParty, to: SwarmParty)
        case tick(SwarmParty, epoch: Int)
        case hospitalJob(Int, epoch: Int, number: UInt64, HospitalJob)
        case coordinatorJob(branch: Int, epoch: Int, number: UInt64, CoordinatorJob)
        /// Looks whether this chunk is still wanted, and asks for it.
        case request(Digest, by: SwarmParty, epoch: Int, member: Int)
        case arrival([UInt8], Digest, at: SwarmParty, epoch: Int, member: Int)
        case start(SwarmParty)
    }

    let scenario: SwarmScenario
    let setting: SwarmSetting
    let bug: SwarmBug?
    let isTraced: Bool
    var coordinators: [SwarmCoordinator]
    var hospitals: [SwarmHospital]
    var liars: [Int: SwarmLiar]
    /// The branch of the coordinator that each hospital talks to.
    var branchOf: [Int]
    var crashes: [SwarmParty: [SwarmCrash]]
    var queue = EventQueue<Occurrence>()
    var network: SwarmNetwork
    var checkers: [any SwarmChecker]
    var outcome: SwarmOutcome
    var now: UInt64 = 0
    var known: [Digest: Message] = [:]
    var fingerprint: SwarmFingerprint
    /// For a planted fault.
    var firstNonces: [Int: [UInt8]] = [:]

    /// - Parameter bug: planted, for tests of the checkers.
    init(seed: UInt64, bug: SwarmBug? = nil, isTraced: Bool = false) throws {
        let scenario = SwarmScenario(seed: seed)
        let setting = try SwarmSetting(scenario)
        self.scenario = scenario
        self.setting = setting
        self.bug = bug
        self.isTraced = isTraced
        let publics = try PublicDerivations(for: setting.agreement, probes: setting.probes)
        coordinators = [SwarmCoordinator(setting: setting, publics: publics, scenario: scenario)]
        hospitals = (0..<scenario.members).map {
            SwarmHospital(member: $0, setting: setting, publics: publics, scenario: scenario)
        }
        liars = scenario.vices.reduce(into: [:]) {
            $0[$1.key] = SwarmLiar($1.value, member: $1.key, setting: setting, seed: seed)
        }
        branchOf = Array(repeating: 0, count: scenario.members)
        crashes = Dictionary(grouping: scenario.crashes, by: \.party)
        network = SwarmNetwork(scenario)
        checkers = Self.checkers(scenario, setting)
        outcome = SwarmOutcome(seed: seed, scenario: scenario.summary)
        fingerprint = SwarmFingerprint()
    }

    private static func checkers(_ scenario: SwarmScenario, _ setting: SwarmSetting) -> [any SwarmChecker] {
        var honest = Set((0..<scenario.members).filter { scenario.vices[$0] == nil }.map { SwarmParty.hospital($0) })
        if scenario.isCoordinatorHonest { honest.insert(.coordinator(branch: 0)) }
        return [
            OneOpeningChecker(), SpendChecker(), PersistenceChecker(), SecondUseChecker(), PublicationChecker(),
            CanaryChecker(secrets: setting.recipientSeeds.flatMap { $0 }), LimitChecker(),
            ReplicaChecker(isCoordinatorHonest: scenario.isCoordinatorHonest),
            BlameChecker(liars: Set(scenario.vices.keys), isCoordinatorHonest: scenario.isCoordinatorHonest),
            MeanChecker(setting), AuthenticityChecker(honest: honest), MemoryChecker(),
        ]
    }

    /// Runs until every honest party is done, or must have been.
    mutating func run() throws -> SwarmOutcome {
        try start(.coordinator(branch: 0))
        for member in hospitals.indices { try start(.hospital(member)) }
        let limit = scenario.healsAtMilliseconds + scenario.patienceMilliseconds
        while outcome.violations.isEmpty, let (time, occurrence) = queue.next() {
            guard time <= limit else { break }
            now = time
            do {
                try step(occurrence)
            } catch let failure as SwarmDisk.Failure {
                violate("crash equals no crash", failure.description)
            }
            if isDone { break }
        }
        conclude()
        return outcome
    }

    private mutating func step(_ occurrence: Occurrence) throws {
        switch occurrence {
        case .delivery(let bytes, let sender, let receiver): try deliver(bytes, from: sender, to: receiver)
        case .tick(.hospital(let member), let epoch):
            guard hospitals[member].epoch == epoch else { return }
            if scenario.isForged, now < scenario.healsAtMilliseconds { forge(for: member) }
            try receive(.woke, of: nil, at: member)
        case .tick(.coordinator(let branch), let epoch):
            if coordinators[branch].epoch == epoch { try receive(.woke, of: nil, branch: branch) }
        case .hospitalJob(let member, let epoch, let number, let job):
            guard hospitals[member].epoch == epoch, hospitals[member].running != nil else { return }
            try receive(work(job, of: member), of: number, at: member)
        case .coordinatorJob(let branch, let epoch, let number, let job):
            guard coordinators[branch].epoch == epoch, coordinators[branch].running != nil else { return }
            try receive(coordinators[branch].carryOut(job), of: number, branch: branch)
        case .request(let name, let party, let epoch, let member):
            request(name, by: party, epoch: epoch, member: member)
        case .arrival(let chunk, let name, let party, let epoch, let member):
            try arrive(chunk, name, at: party, epoch: epoch, member: member)
        case .start(let party): try start(party)
        }
    }

    // MARK: Looking on

    func isHonest(_ party: SwarmParty) -> Bool {
        switch party {
        case .coordinator: scenario.isCoordinatorHonest
        case .hospital(let member): scenario.vices[member] == nil
        }
    }

    mutating func observe(_ observation: SwarmObservation) {
        for index in checkers.indices {
            if let problem = checkers[index].observe(observation) {
                violate(type(of: checkers[index]).invariant, problem)
            }
        }
    }

    mutating func violate(_ invariant: String, _ description: String) {
        note("!!! \(invariant): \(description)")
        outcome.violations.append(
            SwarmOutcome.Violation(invariant: invariant, description: description, atMilliseconds: now))
    }

    mutating func note(_ text: @autoclosure () -> String) {
        guard isTraced else { return }
        let seconds = now / 1000
        let rest = String(now % 1000 + 1000).dropFirst()
        let indent = String(repeating: " ", count: max(0, 5 - "\(seconds)".count))
        outcome.trace.append("\(indent)\(seconds).\(rest)  \(text())")
    }

    // MARK: Ending

    /// The federation has ended its rounds, and everybody honest has heard of it.
    private var isDone: Bool {
        guard coordinators.count == 1, let coordinator = coordinators[0].running?.machine,
            coordinator.log.contract.endedRounds.count == Int(scenario.rounds)
        else { return false }
        return honestHospitals.allSatisfy { isUpToDate($0, with: coordinator) }
    }

    private var honestHospitals: [Int] { hospitals.indices.filter { scenario.vices[$0] == nil } }

    private func isUpToDate(_ member: Int, with coordinator: Coordinator) -> Bool {
        guard let hospital = hospitals[member].running?.machine else { return false }
        if scenario.coordinatorVice == .hidesAnswers, member == 0 { return true }
        return hospital.log.size == coordinator.log.size
            && modelDigestOf(hospital.model) == coordinator.model.digest
    }

    private mutating func conclude() {
        if outcome.violations.isEmpty, !isDone, scenario.coordinatorVice != .equivocates { violate("liveness", stuck) }
        let contract = coordinators[0].running?.machine.log.contract
        let ended = contract?.endedRounds ?? []
        outcome.endings = ended.map { $0.ending.map(Self.describe) ?? "open" }
        outcome.published = contract?.publishedRounds.count ?? 0
        if outcome.violations.isEmpty, isSound { checkPublished(ended) }
        outcome.milliseconds = now
        (outcome.messages, outcome.lost) = (network.sent, network.lost)
        for coordinator in coordinators { fingerprint.add(coordinator.disk.ledger) }
        for hospital in hospitals {
            fingerprint.add(hospital.disk.ledger)
            if let model = hospital.running?.machine.model { fingerprint.add(modelDigestOf(model)) }
        }
        outcome.fingerprint = fingerprint.digest
    }

    private var stuck: String {
        guard let coordinator = coordinators[0].running?.machine else { return "the coordinator is down" }
        let contract = coordinator.log.contract
        let behind = honestHospitals.filter { !isUpToDate($0, with: coordinator) }
        return "\(contract.endedRounds.count) of \(scenario.rounds) rounds have ended, "
            + "\(contract.openRound.map { "round \($0.number) is in phase \($0.phase)" } ?? "none is open"), and "
            + "hospitals \(behind) are behind, \(scenario.patienceMilliseconds / 1000) seconds after everything healed"
    }

    /// Nobody lies, nobody is too slow for the deadlines, and everybody approves.
    private var isSound: Bool {
        scenario.vices.isEmpty && scenario.isCoordinatorHonest && scenario.approvals.allSatisfy { $0 }
            && scenario.trainingMilliseconds.allSatisfy { $0 < 40_000 }
    }

    /// Rounds that were opened when all had healed are published: nothing keeps them from it.
    private mutating func checkPublished(_ ended: [RoundState]) {
        let settled = SwarmSetting.epochMilliseconds + scenario.healsAtMilliseconds + 60_000
        for round in ended {
            let opened = round.deadlines.commit - SwarmSetting.deadlines.commitMilliseconds
            guard opened > settled else { continue }
            if case .published? = round.ending { continue }
            violate("liveness", "round \(round.number), opened after all had healed, was not published")
        }
    }

    private static func describe(_ ending: RoundState.Ending) -> String {
        switch ending {
        case .published: "published"
        case .rolledBack(let reason, let accused): "rolled back (\(reason)\(accused.map { ", accused: \($0)" } ?? ""))"
        case .abandoned(let phase, let reason): "abandoned in \(phase) (\(reason))"
        }
    }
}
