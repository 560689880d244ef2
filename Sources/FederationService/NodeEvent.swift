package import Federation
package import Ledger

/// What a node tells whoever runs it: for lines on a terminal, logs and metrics. Nothing secret is in it.
package enum NodeEvent: Sendable {
    /// Rebuilt from the journal: rounds that had ended, and events that were stepped again.
    case restored(rounds: Int, events: Int)
    case opened(round: UInt32, of: UInt32)
    case entered(phase: RoundPhase, round: UInt32)
    case ended(round: UInt32, RoundState.Ending)
    case adopted(round: UInt32, model: [Float])
    /// A failure that the operator should see.
    case reported(FederationError)
    /// Every agreed round has ended.
    case finished
}

/// Turns the ledger as it grows into events for whoever watches.
struct LedgerWatch: Sendable {
    private var round: UInt32 = 0
    private var phase: RoundPhase?
    private var endedRounds = 0

    /// Begins at the present state: what was told before a restart is not told again.
    init(at contract: FederationContract) {
        round = contract.round?.number ?? 0
        phase = contract.round?.phase
        endedRounds = contract.endedRounds.count
    }

    mutating func events(in contract: FederationContract, rounds: UInt32) -> [NodeEvent] {
        var events: [NodeEvent] = []
        for ended in contract.endedRounds.dropFirst(endedRounds) {
            if let ending = ended.ending { events.append(.ended(round: ended.number, ending)) }
        }
        endedRounds = contract.endedRounds.count
        guard let state = contract.round, !state.isOver else { return events }
        if state.number != round {
            events.append(.opened(round: state.number, of: rounds))
            phase = nil
        }
        if state.phase != phase { events.append(.entered(phase: state.phase, round: state.number)) }
        round = state.number
        phase = state.phase
        return events
    }
}
