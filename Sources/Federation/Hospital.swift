package import Ledger
package import MultipartyEncryption

/// A hospital as a pure state machine: events in, effects out; no clock, no disk, no network, no waiting.
///
/// It keeps its own replica of the ledger and believes nothing else: every decision below reads the replica's contract
/// state and this hospital's own part of the round (`OwnRound`).
package struct Hospital: Sendable {
    package let agreement: Agreement
    package let federation: Digest
    package let member: Int
    let identity: Identity

    package internal(set) var log: TransparencyLog
    package internal(set) var model: [Float] { didSet { modelDigest = modelDigestOf(model) } }
    /// Of `model`: asked for at every event, hashed once.
    private(set) var modelDigest: Digest
    package internal(set) var account: PrivacyAccount
    /// Why the last record from the coordinator was refused; a refusing hospital helps with nothing.
    package internal(set) var ledgerRefusal: String?

    /// One-time recipient keys by index; an erased one is nil.
    var recipientKeys: [OneTimeRecipientKey?]
    var early: [UInt64: LedgerRecord] = [:]
    var outbox = Outbox()
    var own: OwnRound?
    /// Digests of updates that were encrypted once: an update is encrypted in one round only (PROTOCOL, (R)).
    var encryptedUpdates: Set<Digest> = []
    var submitted: Set<Digest> = []
    /// Size of the replica the coordinator was told last, and how many ticks ago.
    private var saidToHave = 0
    private var ticksSinceHave = 0
    /// The published model this hospital missed and has asked for, and what it knows of its chunks.
    var requestedModel: Digest?
    package internal(set) var missedModel: MissedModel?
    /// What the rounds that have a verdict say of planted triggers, and what this hospital missed of that.
    var memory = SuspicionMemory()
    var missedSuspicion: MissedSuspicion?

    /// How often unacknowledged messages are sent again.
    package static let tickMilliseconds: UInt64 = 2_000
    /// A hospital that has nothing new still shows its ledger size every so many ticks, should its last word be lost.
    private static let haveTicks = 10
    /// How long after a round's last deadline its secrets are erased, whatever the ledger says or fails to say.
    package static let erasureGraceMilliseconds: UInt64 = 60_000
    /// A complaint must be on the ledger before its deadline: how long before it a missing share is complained of.
    static let complaintMarginMilliseconds: UInt64 = 10_000

    /// - Parameter recipientKeys: fresh one-time keys, one for each round this hospital expects to take part in.
    package init(
        agreement: Agreement, member: Int, identity: Identity, initialModel: [Float],
        recipientKeys: [OneTimeRecipientKey]
    ) throws {
        guard agreement.members.indices.contains(member), agreement.members[member].publicKey == identity.publicKey
        else {
            throw FederationError(.agreement, "this hospital's key is not that of member \(member) of the agreement")
        }
        guard modelDigestOf(initialModel) == agreement.initialModel else {
            throw FederationError(.agreement, "the initial model is not the one the agreement names")
        }
        self.agreement = agreement
        self.member = member
        self.identity = identity
        federation = try agreement.federation
        log = TransparencyLog(checks: try agreement.contractChecks)
        model = initialModel
        modelDigest = agreement.initialModel
        account = PrivacyAccount(terms: agreement.privacy)
        self.recipientKeys = recipientKeys
    }

    /// What is said to a coordinator that is reached, for the first time or again: all that it has not acknowledged,
    /// and what this hospital has. A process may have died between writing down that it says so and saying it.
    package func greeting(at now: Instant) -> [HospitalEffect] {
        outbox.kept.map { .send($0.envelope) } + cosign(at: now) + say(.have(records: UInt64(log.size)))
    }

    package mutating func receive(_ event: HospitalEvent, at now: Instant) -> [HospitalEffect] {
        switch event {
        case .started:
            return postRecipientKeys() + [.wake(at: now + Self.tickMilliseconds)]
        case .woke:
            return adopt([], at: now) + retransmit(at: now) + advance(at: now)
        case .received(let message):
            guard message.sender == .coordinator else { return [] }
            return take(message, at: now) + advance(at: now)
        case .contributed(let round, let result):
            return send(result, in: round) + advance(at: now)
        case .answered(let answers):
            return send(answers) + advance(at: now)
        case .inspected(let round, let helpers):
            return contest(helpers, in: round) + advance(at: now)
        case .judged(let round, let judgement):
            return sign(judgement, in: round) + advance(at: now)
        case .checked(let check):
            return report(check) + advance(at: now)
        case .validated(let round, let approved):
            return vote(approved, in: round) + advance(at: now)
        case .fetched(let names):
            return take(names) + advance(at: now)
        case .assembled(let digest, let result):
            return take(result, model: digest) + advance(at: now)
        case .recalled(let name, let result):
            return take(result, suspicion: name) + advance(at: now)
        case .failed(_, let error):
            // The step is not taken; the round ends without it.
            return [.report(error)] + advance(at: now)
        }
    }

    /// Chunks this hospital has asked for and not got, in a fixed order: after a restart they are to be fetched again.
    package var wanted: [Digest] {
        (own?.requests.wanted ?? []) + (missedModel?.requests.wanted ?? [])
            + (missedSuspicion?.requests.wanted ?? [])
    }

    // MARK: Speaking

    /// Signs a message, keeps it until it is acknowledged, and sends it.
    mutating func speak(_ message: Message, for round: UInt32) -> HospitalEffect {
        do {
            let envelope = try Envelope(message, from: .member(member), signedBy: identity, in: federation)
            outbox.keep(envelope, for: round)
            return .send(envelope)
        } catch {
            return .report(FederationError(.badSignature, "a message could not be signed: \(error)"))
        }
    }

    /// Submits an entry to the ledger, once; the outbox repeats it until the coordinator has it.
    mutating func submit(_ entry: LedgerEntry, for round: UInt32) -> [HospitalEffect] {
        let payload = entry.encoded
        guard submitted.insert(Digest.of(payload, domain: "cordon/submission/v1")).inserted else { return [] }
        do {
            let signature = try entry.signature(by: identity, federation: federation)
            return [speak(.submit(entry: entry, signature: signature), for: round)]
        } catch {
            return [.report(FederationError(.badSignature, "a ledger entry could not be signed: \(error)"))]
        }
    }

    private mutating func postRecipientKeys() -> [HospitalEffect] {
        let keys = recipientKeys.compactMap { $0?.publicKey }
        return submit(.recipientKeys(firstIndex: 0, keys: keys), for: .max)
    }

    private mutating func retransmit(at now: Instant) -> [HospitalEffect] {
        var effects = outbox.tick().map { HospitalEffect.send($0) }
        let received = outbox.takeReceived()
        if !received.isEmpty { effects += say(.acknowledged(received)) }
        ticksSinceHave += 1
        if log.size != saidToHave || ticksSinceHave >= Self.haveTicks {
            saidToHave = log.size
            ticksSinceHave = 0
            effects += cosign(at: now) + say(.have(records: UInt64(log.size)))
        }
        effects.append(.wake(at: now + Self.tickMilliseconds))
        return effects
    }

    /// Vouches for the records that this hospital executed, as their witness: it has one copy of the ledger and never
    /// takes a record back, so it cosigns no two histories.
    private func cosign(at now: Instant) -> [HospitalEffect] {
        guard ledgerRefusal == nil, let checkpoint = log.checkpoint else { return [] }
        do {
            let line = try SignedNote(text: checkpoint.text)
                .cosignature(by: identity, timeSeconds: now.milliseconds / 1_000)
            return say(.cosigned(size: UInt64(checkpoint.size), signature: line.signature))
        } catch {
            return [.report(FederationError(.badSignature, "a checkpoint could not be cosigned: \(error)"))]
        }
    }

    /// Says something that need not arrive: the next tick says it anew, as it is then.
    private func say(_ message: Message) -> [HospitalEffect] {
        do {
            return [.send(try Envelope(message, from: .member(member), signedBy: identity, in: federation))]
        } catch {
            return [.report(FederationError(.badSignature, "a message could not be signed: \(error)"))]
        }
    }
}
