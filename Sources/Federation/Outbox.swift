package import Ledger

/// Messages to one peer that it has not acknowledged yet, sent again on every tick until it has.
package struct Outbox: Sendable {
    private var waiting: [(digest: Digest, round: UInt32, envelope: Envelope)] = []

    package init() {}

    package var isEmpty: Bool { waiting.isEmpty }

    /// Keeps the envelope until it is acknowledged or its round is over.
    package mutating func keep(_ envelope: Envelope, for round: UInt32) {
        let digest = envelope.digest
        guard !waiting.contains(where: { $0.digest == digest }) else { return }
        if waiting.count >= Limits.outboxMessagesMax { waiting.removeFirst() }
        waiting.append((digest, round, envelope))
    }

    package mutating func acknowledge(_ digest: Digest) {
        waiting.removeAll { $0.digest == digest }
    }

    /// A round that is over needs nothing any more: whoever missed it learns its end from the ledger.
    package mutating func dropRounds(before round: UInt32) {
        waiting.removeAll { $0.round < round }
    }

    package var envelopes: [Envelope] { waiting.map(\.envelope) }
}
