import Ledger

/// The spans of one party: those begun, and those ended and not yet exported. A value, driven by whoever owns it.
package struct SpanRecorder: Sendable {
    /// What a span that was never ended would hold for ever.
    package static let openSpansMax = 4_096

    package let service: String
    private var open: [Span.Identifier: Span] = [:]
    private var ended: [Span] = []
    private var count: UInt64 = 0
    private let instance: UInt64

    /// - Parameters:
    ///   - service: the party's name.
    ///   - instance: another number at each start of the process, so that identifiers differ from the last start's.
    package init(service: String, instance: UInt64) {
        self.service = service
        self.instance = instance
    }

    /// Begins a span at `instant`, in nanoseconds since 1970.
    package mutating func begin(
        _ name: StaticString, in trace: Span.Trace, under parent: Span.Identifier? = nil, at instant: UInt64,
        _ attributes: [(StaticString, LogValue)] = []
    ) -> Span.Identifier {
        count += 1
        let seed = Array("\(service) \(instance) \(count)".utf8) + trace.bytes
        let identifier = Span.Identifier(bytes: Array(Digest.of(seed, domain: "cordon/span/v1").bytes[..<8]))
        if open.count < Self.openSpansMax {
            open[identifier] = Span(
                trace: trace, identifier: identifier, parent: parent, name: "\(name)", start: instant, end: instant,
                attributes: Dictionary(attributes.map { ("\($0)", $1) }) { $1 })
        }
        return identifier
    }

    /// Ends a span; one that is not open is left alone.
    package mutating func end(
        _ identifier: Span.Identifier, at instant: UInt64, failed: Bool = false,
        _ attributes: [(StaticString, LogValue)] = []
    ) {
        guard var span = open.removeValue(forKey: identifier) else { return }
        span.end = max(instant, span.start)
        span.hasFailed = failed
        for (name, value) in attributes { span.attributes["\(name)"] = value }
        ended.append(span)
    }

    /// The spans that ended since the last call.
    package mutating func takeEnded() -> [Span] {
        defer { ended = [] }
        return ended
    }
}
