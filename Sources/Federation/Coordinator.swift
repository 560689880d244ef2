package import Ledger

/// The coordinator as a pure state machine. It orders the ledger, relays, and adds; it is trusted with liveness only.
package struct Coordinator: Sendable {
    package let agreement: Agreement
    package let federation: Digest
    let identity: Identity
    private let foundation: FederationFoundation

    package internal(set) var log: TransparencyLog
    package internal(set) var model: PublishedModel
    var outboxes: [Outbox]
    /// Ledger records each member is known to have, and has been sent.
    var known: [UInt64]
    var sent: [UInt64]
    /// Cosignatures of the ledger at one size, by member. After a restart members send theirs again.
    var cosignatures: (size: UInt64, byMember: [Int: [UInt8]]) = (0, [:])
    /// Ticks since a member that is behind last said what it has.
    var ticksBehind: [Int]
    /// When records that wait for company go out at the latest.
    private var recordsDue: Instant?
    private var nextTick = Instant(milliseconds: 0)
    var round: CoordinatorRound?
    /// What the rounds that have a verdict say of planted triggers.
    var memory = SuspicionMemory()
    var roundsOpened: UInt32 = 0
    /// Entries this coordinator wrote itself.
    private var coordinatorEntries = 0
    var startedAt = Instant(milliseconds: 0)
    var finished = false

    package static let tickMilliseconds: UInt64 = 2_000
    /// How long a member's entry waits for others before all travel in one signed message.
    private static let gatherMilliseconds: UInt64 = 50
    /// Ticks without word from a member that is behind, before it is sent the records again.
    private static let patienceTicks = 2

    package init(agreement: Agreement, identity: Identity, initialModel: [Float]) throws {
        guard identity.publicKey == agreement.coordinatorKey else {
            throw FederationError(.agreement, "this coordinator's key is not the one in the agreement")
        }
        let model = PublishedModel(initial: initialModel)
        guard model.digest == agreement.initialModel else {
            throw FederationError(.agreement, "the initial model is not the one the agreement names")
        }
        self.agreement = agreement
        self.identity = identity
        foundation = try agreement.foundation
        federation = foundation.digest
        log = TransparencyLog(checks: try agreement.contractChecks)
        self.model = model
        let count = agreement.members.count
        outboxes = Array(repeating: Outbox(), count: count)
        known = Array(repeating: 0, count: count)
        sent = Array(repeating: 0, count: count)
        ticksBehind = Array(repeating: 0, count: count)
    }

    package mutating func receive(_ event: CoordinatorEvent, at now: Instant) -> [CoordinatorEffect] {
        let own = coordinatorEntries
        var effects = handle(event, at: now)
        // What the coordinator writes moves the round on and travels at once, with all that waits.
        effects += spreadRecords(at: now, atOnce: coordinatorEntries > own)
        return effects
    }

    private mutating func handle(_ event: CoordinatorEvent, at now: Instant) -> [CoordinatorEffect] {
        switch event {
        case .started:
            startedAt = now
            nextTick = now + Self.tickMilliseconds
            return append(.foundation(foundation), at: now) + [.wake(at: nextTick)]
        case .woke:
            return advance(at: now) + tick(at: now)
        case .received(let message):
            guard case .member(let member) = message.sender else { return [] }
            return take(message, from: member, at: now) + advance(at: now)
        case .fetched(let names, let member):
            return take(names, from: member, at: now) + advance(at: now)
        case .judged(let round, let gathered, let judgement):
            return post(gathered, judgement, in: round, at: now) + advance(at: now)
        case .summed(let round, let result):
            return post(result, in: round, at: now) + advance(at: now)
        case .failed(_, let error):
            // The deadline ends the round.
            return [.report(error)] + advance(at: now)
        }
    }

    /// Chunks that hospitals may ask for when no round is open: the published model, and what verdicts remember.
    package var chunksToKeep: Set<Digest> { Set(model.names + (memory.name.map { [$0] } ?? [])) }

    /// Chunks this coordinator has asked for and not got, by member: after a restart they are to be fetched again.
    package var wanted: [Int: [Digest]] {
        guard log.contract.openRound?.phase == .commit else { return [:] }
        return (round?.uploads ?? [:]).mapValues(\.requests.wanted).filter { !$0.value.isEmpty }
    }

    /// Signs and appends an own entry, then tells everybody. The contract may refuse; then nothing happened.
    mutating func append(_ entry: LedgerEntry, at now: Instant) -> [CoordinatorEffect] {
        do {
            let signature = try entry.signature(by: identity, federation: federation)
            return try append(entry, by: .coordinator, signature: signature, at: now)
        } catch {
            return [.report(FederationError(.ledger, "an own ledger entry was refused: \(error)"))]
        }
    }

    mutating func append(_ entry: LedgerEntry, by author: Author, signature: [UInt8], at now: Instant) throws
        -> [CoordinatorEffect]
    {
        let record = try log.append(
            author: author, entry: entry, signature: signature, at: stamp(now).milliseconds)
        if author == .coordinator { coordinatorEntries += 1 }
        return [.record(record)]
    }

    /// The ledger's instant for what happens now: a clock that was set back, while this coordinator ran or was down,
    /// does not stop the ledger.
    func stamp(_ now: Instant) -> Instant {
        max(now, Instant(milliseconds: log.contract.lastTimestampMilliseconds))
    }

    /// Sends each member the records it has not been sent, at once or when they have waited long enough.
    private mutating func spreadRecords(at now: Instant, atOnce: Bool) -> [CoordinatorEffect] {
        guard sent.contains(where: { $0 < UInt64(log.size) }) else { return [] }
        guard atOnce || recordsDue.map({ $0 <= now }) ?? false else {
            guard recordsDue == nil else { return [] }
            let due = now + Self.gatherMilliseconds
            recordsDue = due
            return [.wake(at: due)]
        }
        recordsDue = nil
        // Members that lack the same records get the same envelope: signed once.
        return Set(sent).sorted().flatMap { first in
            sendRecords(from: first, to: agreement.members.indices.filter { sent[$0] == first })
        }
    }

    private mutating func sendRecords(from first: UInt64, to members: [Int]) -> [CoordinatorEffect] {
        let upper = min(UInt64(log.size), first + UInt64(Limits.recordsPerMessageMax))
        guard first < upper else { return [] }
        let records = Array(log.records[Int(first)..<Int(upper)])
        for member in members { sent[member] = upper }
        do {
            let envelope = try Envelope(.records(records), from: .coordinator, signedBy: identity, in: federation)
            return members.map { .send(envelope, to: $0) }
        } catch {
            return [.report(FederationError(.badSignature, "ledger records could not be signed: \(error)"))]
        }
    }

    /// Signs a message, keeps it until it is acknowledged, and sends it.
    mutating func speak(_ message: Message, to member: Int) -> [CoordinatorEffect] {
        do {
            let envelope = try Envelope(message, from: .coordinator, signedBy: identity, in: federation)
            outboxes[member].keep(envelope, for: round?.number ?? 0)
            return [.send(envelope, to: member)]
        } catch {
            return [.report(FederationError(.badSignature, "a message could not be signed: \(error)"))]
        }
    }

    /// Says the same to everybody: encoded and signed once.
    mutating func speakToAll(_ message: Message) -> [CoordinatorEffect] {
        do {
            let envelope = try Envelope(message, from: .coordinator, signedBy: identity, in: federation)
            return agreement.members.indices.map { member in
                outboxes[member].keep(envelope, for: round?.number ?? 0)
                return .send(envelope, to: member)
            }
        } catch {
            return [.report(FederationError(.badSignature, "a message could not be signed: \(error)"))]
        }
    }

    /// Goes on after the last round too: a hospital that was away then still wants its end and its model.
    private mutating func tick(at now: Instant) -> [CoordinatorEffect] {
        guard now >= nextTick else { return [] }
        nextTick = now + Self.tickMilliseconds
        var effects: [CoordinatorEffect] = []
        for member in agreement.members.indices {
            ticksBehind[member] = known[member] < UInt64(log.size) ? ticksBehind[member] + 1 : 0
            if ticksBehind[member] >= Self.patienceTicks {
                ticksBehind[member] = 0
                effects += sendRecords(from: known[member], to: [member])
            }
            effects += outboxes[member].tick().map { .send($0, to: member) }
            let received = outboxes[member].takeReceived()
            guard !received.isEmpty else { continue }
            do {
                let answer = try Envelope(
                    .acknowledged(received), from: .coordinator, signedBy: identity, in: federation)
                effects.append(.send(answer, to: member))
            } catch {
                effects.append(.report(FederationError(.badSignature, "a message could not be signed: \(error)")))
            }
        }
        effects.append(.wake(at: nextTick))
        return effects
    }
}
