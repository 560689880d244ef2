package import Ledger

/// Messages to one peer that it has not acknowledged yet, sent again until it has; and what is to be acknowledged
/// to it.
///
/// Acknowledgements travel together, once a tick: a signature for each would cost more than the messages.
package struct Outbox: Sendable {
    private struct Waiting: Sendable {
        let digest: Digest
        let round: UInt32
        let envelope: Envelope
        var ticks = 0
    }

    private var waiting: [Waiting] = []
    private var received: [Digest] = []

    /// Ticks a message waits for its acknowledgement, which itself waits for a tick, before it is sent again.
    private static let patienceTicks = 2

    package init() {}

    /// The outbox with these messages in it, none of them acknowledged.
    package init(keeping messages: [(round: UInt32, envelope: Envelope)]) {
        for message in messages { keep(message.envelope, for: message.round) }
    }

    /// Messages that are not acknowledged, with their rounds.
    package var kept: [(round: UInt32, envelope: Envelope)] { waiting.map { ($0.round, $0.envelope) } }

    package var isEmpty: Bool { waiting.isEmpty }

    /// Keeps the envelope until it is acknowledged or its round is over.
    package mutating func keep(_ envelope: Envelope, for round: UInt32) {
        let digest = envelope.digest
        guard !waiting.contains(where: { $0.digest == digest }) else { return }
        if waiting.count >= Limits.outboxMessagesMax { waiting.removeFirst() }
        waiting.append(Waiting(digest: digest, round: round, envelope: envelope))
    }

    package mutating func acknowledge(_ digest: Digest) {
        waiting.removeAll { $0.digest == digest }
    }

    /// A round that is over needs nothing any more: whoever missed it learns its end from the ledger.
    package mutating func dropRounds(before round: UInt32) {
        waiting.removeAll { $0.round < round }
    }

    /// One tick passes: the messages that are to be sent again now.
    package mutating func tick() -> [Envelope] {
        for index in waiting.indices { waiting[index].ticks += 1 }
        return waiting.filter { $0.ticks >= Self.patienceTicks }.map(\.envelope)
    }

    /// Notes a message of the peer as received.
    package mutating func noteReceived(_ digest: Digest) { received.append(digest) }

    /// What is to be acknowledged now; asked again, nothing.
    package mutating func takeReceived() -> [Digest] {
        defer { received = [] }
        return received
    }
}
