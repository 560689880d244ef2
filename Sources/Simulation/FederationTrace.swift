package import Federation
package import Ledger

/// What an observer of the ledger and the wire writes down about a run.
package struct FederationTrace: Sendable {
    /// One round as it went.
    package struct Round: Sendable {
        package let number: Int
        package var outcome = "open"
        package var reason: String?
        package var contributed: [Int] = []
        package var accepted: [Int] = []
        package var exclusions: [Verdict.Exclusion] = []
        package var accused: Author?
        package var secondsPerPhase: [String: Double] = [:]
        package var bytesPerPhase: [String: UInt64] = [:]
    }

    package private(set) var rounds: [Round] = []
    /// Failures that roles reported, in words.
    package var reports: [String] = []
    package private(set) var bytesSent: UInt64 = 0
    package private(set) var messagesSent: UInt64 = 0
    package private(set) var messagesLost: UInt64 = 0
    package private(set) var bytesByMember: [Int: UInt64] = [:]
    package private(set) var bytesByCategory: [Message.WireCategory: UInt64] = [:]
    private var phase = "setup"
    private var phaseStart = ContinuousClock.now
    private var phaseBytes: UInt64 = 0

    /// Books a message to its sender (nil: the coordinator) and to what it carries.
    mutating func count(_ envelope: Envelope, from member: Int?) {
        count(bytes: envelope.payload.count, as: Message.category(ofPayload: envelope.payload), from: member)
    }

    /// Books chunks, which travel without an envelope.
    mutating func count(bytes: Int, as category: Message.WireCategory, from member: Int?) {
        if let member { bytesByMember[member, default: 0] += UInt64(bytes) }
        bytesByCategory[category, default: 0] += UInt64(bytes)
    }

    /// Books wall-clock time and bytes to the phase that ends here.
    mutating func enter(phase next: String, bytesSent: UInt64, _ observer: RunObserver) {
        guard next != phase else { return }
        let moment = ContinuousClock.now
        if !rounds.isEmpty {
            let last = rounds.count - 1
            rounds[last].secondsPerPhase[phase, default: 0] += (moment - phaseStart).seconds
            rounds[last].bytesPerPhase[phase, default: 0] += bytesSent - phaseBytes
        }
        phase = next
        phaseStart = moment
        phaseBytes = bytesSent
        observer.entered(phase: next)
    }

    /// Follows the ledger: what it says is what happened.
    mutating func note(_ record: LedgerRecord, in contract: FederationContract, _ observer: RunObserver) {
        guard let entry = try? record.entry() else { return }
        switch entry {
        case .open(let opening):
            rounds.append(Round(number: Int(opening.round)))
            observer.opened(round: Int(opening.round))
        case .close:
            rounds[rounds.count - 1].contributed = contract.round?.closedMembers ?? []
        case .verdict(let verdict):
            rounds[rounds.count - 1].accepted = verdict.accepted
            rounds[rounds.count - 1].exclusions = verdict.exclusions
        case .publish: end("published", nil, observer)
        case .rollback(_, let reason, let accused):
            rounds[rounds.count - 1].accused = accused
            end("rolledBack", "\(reason)", observer)
        case .abandon(_, let phase, let reason): end("abandoned", "\(reason) in phase \(phase)", observer)
        case .foundation, .recipientKeys, .commit, .reveal, .complaint, .justification, .nonceOpening, .beacon,
            .sketch, .contest, .sum, .report, .vote:
            break
        }
    }

    private mutating func end(_ outcome: String, _ reason: String?, _ observer: RunObserver) {
        rounds[rounds.count - 1].outcome = outcome
        rounds[rounds.count - 1].reason = reason
        observer.ended(rounds[rounds.count - 1])
    }

    mutating func close(bytesSent: UInt64, messages: UInt64, lost: UInt64) {
        self.bytesSent = bytesSent
        messagesSent = messages
        messagesLost = lost
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
