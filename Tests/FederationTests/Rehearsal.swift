import FederationFixtures
import Ledger
import PoisoningDefence
import RingArithmetic
import SecureAggregation

@testable import Federation

/// Drives the real machines of a test federation in simulated time, in one thread, and keeps what everybody did.
/// Hooks let a test cut parties off, drop single messages, or put a liar in an honest party's place.
struct Rehearsal {
    enum Party: Hashable { case coordinator, hospital(Int) }

    /// Faults of the network; each message is lost, doubled, overtaken or delayed by itself.
    struct Network {
        var loss = 0.0
        var duplication = 0.0
        var reordering = 0.0
        var delayMilliseconds = 0.0
    }

    private enum Occurrence {
        case delivery([UInt8], Party)
        case coordinator(CoordinatorEvent)
        case hospital(Int, HospitalEvent)
        case transfer(Transfer)
    }

    /// Chunks on their way from a hospital to the coordinator, or back.
    struct Transfer {
        let names: [Digest]
        let member: Int
        let isUpload: Bool
    }

    let given: TestFederation
    private let federation: Digest
    private(set) var coordinator: Coordinator
    private(set) var hospitals: [Hospital]
    var trainers: [GivenTrainer]
    let seed: UInt64
    private var network: Network
    private var weather: KeyedStream
    private var queue: [(time: UInt64, sequence: Int, occurrence: Occurrence)] = []
    private var sequence = 0
    private(set) var now = TestFederation.epoch
    private(set) var isFinished = false

    // What happened
    private(set) var delivered: [(to: Party, bytes: [UInt8])] = []
    private(set) var effects: [[HospitalEffect]]
    private(set) var reports: [String] = []
    private(set) var refused: [any Error] = []
    private(set) var contributed: [UInt32: [Int: [Int64]]] = [:]
    private(set) var sums: [UInt32: SumToPost] = [:]
    private(set) var lostMessages = 0
    /// Chunks that travelled, each as often as it did.
    private(set) var moved: [(transfer: Transfer, chunk: [UInt8])] = []
    private(set) var coordinatorChunks = GivenChunks()
    private(set) var hospitalChunks: [GivenChunks]

    // Hooks
    /// Whether this hospital is cut off, in this round and phase.
    var isSilent: (_ member: Int, _ round: UInt32, _ phase: RoundPhase) -> Bool = { _, _, _ in false }
    /// Whether the network swallows this message of a hospital, whatever it does.
    var swallows: (_ member: Int, Message) -> Bool = { _, _ in false }
    /// What the coordinator posts instead of the sum it opened.
    var tampering: ((SumToPost, CoordinatorJob) throws -> SumToPost)?
    /// What a hospital sends instead of its contribution, or answers.
    var lies: (_ member: Int, HospitalEvent) -> HospitalEvent = { $1 }
    /// The coordinator judges every round as if it were the first.
    var forgets = false
    /// Nobody gives the chunks that verdicts name.
    var withholdsMemory = false
    /// Whether whoever has the chunks does not give them.
    var withholds: (Transfer) -> Bool = { _ in false }
    /// What a hospital says beside what it should, whenever it is woken.
    var chatter: (_ member: Int, _ now: UInt64) -> [Envelope] = { _, _ in [] }

    init(
        _ given: TestFederation, seed: UInt64 = 1, weatherSeed: UInt64 = 1, network: Network = Network()
    ) throws {
        self.given = given
        self.seed = seed
        self.network = network
        federation = try given.federation
        coordinator = try given.coordinator()
        hospitals = try given.identities.indices.map { try given.hospital($0) }
        trainers = hospitals.indices.map {
            GivenTrainer(member: $0, dimension: TestFederation.dimension, seed: seed)
        }
        weather = KeyedStream(key: [6], label: "weather", indices: [weatherSeed])
        effects = Array(repeating: [], count: hospitals.count)
        hospitalChunks = Array(repeating: GivenChunks(), count: hospitals.count)
        add(.coordinator(.started), at: now)
        for member in hospitals.indices { add(.hospital(member, .started), at: now + 1) }
    }

    var contract: FederationContract { coordinator.log.contract }
    /// How each round ended, in order.
    var endings: [RoundState.Ending?] { contract.endedRounds.map(\.ending) }
    var publishedCount: Int { contract.publishedRounds.count }

    func journal(of member: Int) -> [JournalRecord] {
        effects[member].compactMap { effect in
            if case .persist(let record) = effect { record } else { nil }
        }
    }

    /// Messages that a hospital sent, each as often as it sent it.
    func messages(from member: Int) throws -> [Message] {
        try effects[member].compactMap { effect in
            guard case .send(let envelope) = effect else { return nil }
            return try Message(decoding: envelope.payload, parameters: given.agreement.encryption)
        }
    }

    /// Runs until every agreed round has ended and the last records have spread, or until the condition holds.
    mutating func run(until isReached: (Rehearsal) -> Bool = { _ in false }) throws {
        var farewell: UInt64?
        while !isReached(self), let next = takeNext() {
            if isFinished {
                farewell = farewell ?? next.time + 10_000
                if next.time > farewell ?? 0 { break }
            }
            now = next.time
            guard now < TestFederation.epoch + UInt64(given.agreement.rounds + 1) * 400_000 else {
                throw FederationError(.ledger, "the rehearsal does not end")
            }
            switch next.occurrence {
            case .delivery(let bytes, let party): try deliver(bytes, to: party)
            case .coordinator(let event): try step(event)
            case .hospital(let member, let event): try step(member, event)
            case .transfer(let transfer): try move(transfer)
            }
        }
    }

    /// Steps one hospital aside of the queue: what would it do? The rehearsal goes on as if nothing had happened.
    func probe(_ member: Int, _ event: HospitalEvent) -> (hospital: Hospital, effects: [HospitalEffect]) {
        var hospital = hospitals[member]
        let effects = hospital.receive(event, at: Instant(milliseconds: now))
        return (hospital, effects)
    }

    // MARK: What came of it

    /// The integers of the sum that the coordinator opened in a round that has ended.
    func decryptedSum(_ round: UInt32) throws -> DecryptedSum? {
        guard let sum = sums[round] else { return nil }
        let state = contract.endedRounds[Int(round) - 1]
        return try DecryptedSum.open(
            sum.encrypted, with: sum.opened.key,
            polynomials: given.publics.polynomials(federation: federation, seed: state.seed),
            contributors: state.verdict?.accepted.count ?? 0, parameters: given.agreement.encryption)
    }

    // MARK: Stepping

    private mutating func deliver(_ bytes: [UInt8], to party: Party) throws {
        delivered.append((party, bytes))
        let message: Verified<Message>
        do {
            message = try Verified(verifying: Envelope(bytes: bytes), under: given.agreement, in: federation)
        } catch {
            refused.append(error)
            return
        }
        switch party {
        case .coordinator: try step(.received(message))
        case .hospital(let member): try step(member, .received(message))
        }
    }

    private mutating func step(_ event: CoordinatorEvent) throws {
        if case .summed(let round, .success(let sum)) = event { sums[round] = sum }
        for effect in coordinator.receive(event, at: Instant(milliseconds: now)) {
            switch effect {
            case .send(let envelope, let member):
                if !isCutOff(member) { post(envelope, to: .hospital(member)) }
            case .perform(let job): add(.coordinator(try carryOut(job)), at: now + 100)
            case .wake(let instant): add(.coordinator(.woke), at: instant.milliseconds)
            case .finished: isFinished = true
            case .report(let error): reports.append("coordinator: \(error)")
            case .keep(let tree): for chunk in tree.chunks { coordinatorChunks.keep(chunk) }
            case .fetch(let names, let member): fetch(Transfer(names: names, member: member, isUpload: true))
            case .record, .list, .publish: break
            }
        }
    }

    private func carryOut(_ honest: CoordinatorJob) throws -> CoordinatorEvent {
        let job = forgets ? honest.forgetting : honest
        let event = CoordinatorWork(agreement: given.agreement, publics: given.publics)
            .carryOut(job, reading: coordinatorChunks)
        guard let tampering, case .summed(let round, .success(let sum)) = event else { return event }
        return .summed(round: round, .success(try tampering(sum, job)))
    }

    private mutating func step(_ member: Int, _ event: HospitalEvent) throws {
        if case .contributed(let round, .success(let prepared)) = event {
            contributed[round, default: [:]][member] = prepared.secrets.values
        }
        let now = Instant(milliseconds: now)
        for effect in hospitals[member].receive(event, at: now) {
            effects[member].append(effect)
            switch effect {
            case .send(let envelope): try say(envelope, as: member)
            case .perform(let job):
                var rng = randomness(for: job, of: member)
                let work = HospitalWork(agreement: given.agreement, member: member, publics: given.publics)
                let event = work.carryOut(
                    job, reading: hospitalChunks[member], training: trainers[member], using: &rng)
                add(.hospital(member, lies(member, event)), at: self.now + (job.isTraining ? 5_000 : 100))
            case .wake(let instant): add(.hospital(member, .woke), at: instant.milliseconds)
            case .report(let error): reports.append("hospital \(member): \(error)")
            case .keep(let tree): for chunk in tree.chunks { hospitalChunks[member].keep(chunk) }
            case .fetch(let names): fetch(Transfer(names: names, member: member, isUpload: false))
            case .persist, .adopt: break
            }
        }
        if case .woke = event {
            for envelope in chatter(member, self.now) { post(envelope, to: .coordinator) }
        }
    }

    /// A hospital that repeats itself rounds as it did before, so that its integers are the same too.
    private func randomness(for job: HospitalJob, of member: Int) -> KeyedStream {
        var round: UInt32 = 0
        if case .contribute(let announcement, _) = job, !trainers[member].repeatsItself { round = announcement.round }
        return KeyedStream(key: [7], label: "work of a hospital", indices: [seed, UInt64(member), UInt64(round)])
    }

    private mutating func say(_ envelope: Envelope, as member: Int) throws {
        guard !isCutOff(member) else { return }
        let message = try Message(decoding: envelope.payload, parameters: given.agreement.encryption)
        if !swallows(member, message) { post(envelope, to: .coordinator) }
    }

    private func isCutOff(_ member: Int) -> Bool {
        guard let round = contract.openRound else { return false }
        return isSilent(member, round.number, round.phase)
    }

    // MARK: Network

    /// Chunks come one by one, each with its own delay; what is lost, or cut off, is asked for again.
    private mutating func fetch(_ transfer: Transfer) {
        for name in transfer.names {
            let one = Transfer(names: [name], member: transfer.member, isUpload: transfer.isUpload)
            add(.transfer(one), at: now + transit() + transit())
        }
    }

    private mutating func move(_ transfer: Transfer) throws {
        let member = transfer.member
        let wanted = transfer.isUpload ? coordinator.wanted[member] ?? [] : hospitals[member].wanted
        let names = transfer.names.filter(wanted.contains)
        guard !names.isEmpty else { return }
        let source = transfer.isUpload ? hospitalChunks[member] : coordinatorChunks
        let remembered = contract.endedRounds.compactMap(\.verdict?.suspicion)
        let isHere = names.allSatisfy {
            source.chunks[$0] != nil && !(withholdsMemory && remembered.contains($0))
        }
        guard isHere, !isCutOff(member), !chance(network.loss), !withholds(transfer) else {
            add(.transfer(transfer), at: now + 2_000)
            return
        }
        for name in names {
            let chunk = try source.chunk(name)
            moved.append((transfer, chunk))
            if transfer.isUpload { coordinatorChunks.keep(chunk) } else { hospitalChunks[member].keep(chunk) }
        }
        // A transfer that is repeated brings what came before once more.
        for _ in 0..<(chance(network.duplication) ? 2 : 1) {
            if transfer.isUpload {
                try step(.fetched(names, from: member))
            } else {
                try step(member, .fetched(names))
            }
        }
    }

    private mutating func post(_ envelope: Envelope, to party: Party) {
        let copies = chance(network.duplication) ? 2 : 1
        for _ in 0..<copies {
            guard !chance(network.loss) else {
                lostMessages += 1
                continue
            }
            add(.delivery(envelope.bytes, party), at: now + transit())
        }
    }

    private mutating func transit() -> UInt64 {
        var delay = 5.0
        if network.delayMilliseconds > 0 {
            delay += Double.random(in: 0..<2 * network.delayMilliseconds, using: &weather)
        }
        if chance(network.reordering) { delay += Double.random(in: 0..<500, using: &weather) }
        return UInt64(delay)
    }

    private mutating func chance(_ probability: Double) -> Bool {
        probability > 0 && Double.random(in: 0..<1, using: &weather) < probability
    }

    private mutating func add(_ occurrence: Occurrence, at time: UInt64) {
        let place = queue.partitioningIndex { $0.time <= time }
        queue.insert((time, sequence, occurrence), at: place)
        sequence += 1
    }

    /// The queue is kept latest first, and of equal times the last added first.
    private mutating func takeNext() -> (time: UInt64, sequence: Int, occurrence: Occurrence)? { queue.popLast() }
}

extension Array {
    /// First index whose element satisfies the predicate, in an array sorted so that the rest do too.
    fileprivate func partitioningIndex(_ belongsBehind: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension CoordinatorJob {
    fileprivate var forgetting: CoordinatorJob {
        switch self {
        case .judge(let round, let uploads, let answers, _):
            .judge(round, uploads: uploads, answers: answers, TriggerSuspicion())
        case .judgeAgain(let round, let gathered, _): .judgeAgain(round, gathered, TriggerSuspicion())
        case .openSum: self
        }
    }
}

extension HospitalJob {
    fileprivate var isTraining: Bool {
        if case .contribute = self { true } else { false }
    }
}
