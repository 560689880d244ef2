package import Ledger

/// Turns a ledger's entries into spans as they are adopted: one a round, one a phase under it. What a node does itself
/// it may record under the same trace, with a recorder of its own.
package struct RoundTracer: Sendable {
    private var recorder: SpanRecorder
    private var federation: Digest?
    private var round: (trace: Span.Trace, span: Span.Identifier)?
    private var phase: (name: RoundPhase, span: Span.Identifier)?

    /// - Parameter service: whose spans these are; replaying the same ledger gives the same identifiers.
    package init(service: String) { recorder = SpanRecorder(service: service, instance: 0) }

    /// Takes the next entry of the ledger.
    package mutating func adopt(_ entry: LedgerEntry, of record: LedgerRecord) {
        let instant = record.timestampMilliseconds * 1_000_000
        switch entry {
        case .foundation(let foundation): federation = foundation.digest
        case .open(let open): begin(open.round, at: instant)
        case .commit, .reveal, .complaint, .justification, .nonceOpening, .contest, .report, .recipientKeys: break
        case .close: enter(.reveal, at: instant)
        case .beacon: enter(.sketch, at: instant)
        case .sketch: enter(.verdict, at: instant)
        case .verdict(let verdict):
            enter(
                .sum, at: instant,
                [("accepted", .count(verdict.accepted.count)), ("excluded", .count(verdict.exclusions.count))])
        case .sum: enter(.report, at: instant)
        case .vote: if phase?.name != .vote { enter(.vote, at: instant) }
        case .publish: end(failed: false, .word("published"), at: instant)
        case .rollback: end(failed: true, .word("rolled back"), at: instant)
        case .abandon: end(failed: true, .word("abandoned"), at: instant)
        }
    }

    /// The spans of what ended since the last call.
    package mutating func takeEnded() -> [Span] { recorder.takeEnded() }

    private mutating func begin(_ number: UInt32, at instant: UInt64) {
        guard let federation else { return }
        let trace = Span.Trace(federation: federation, round: number)
        round = (trace, recorder.begin("round", in: trace, at: instant, [("round", .count(number))]))
        enter(.commit, at: instant)
    }

    private mutating func enter(_ next: RoundPhase, at instant: UInt64, _ attributes: [(StaticString, LogValue)] = []) {
        guard let round else { return }
        if let phase { recorder.end(phase.span, at: instant, attributes) }
        phase = (
            next, recorder.begin("phase", in: round.trace, under: round.span, at: instant, [("phase", .phase(next))])
        )
    }

    private mutating func end(failed: Bool, _ outcome: LogValue, at instant: UInt64) {
        guard let round else { return }
        if let phase { recorder.end(phase.span, at: instant, failed: failed) }
        recorder.end(round.span, at: instant, failed: failed, [("outcome", outcome)])
        self.round = nil
        phase = nil
    }
}
