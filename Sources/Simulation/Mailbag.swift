import Federation
import RingArithmetic

/// The simulated network: every message travels as bytes, and the seed decides what becomes of it.
struct Mailbag: Sendable {
    /// One copy of a message on its way.
    struct Delivery: Sendable {
        let delayMilliseconds: UInt64
        let bytes: [UInt8]
    }

    private let faults: NetworkFaults
    private var rng: KeyedStream
    private(set) var bytesSent: UInt64 = 0
    private(set) var messagesSent: UInt64 = 0
    private(set) var messagesLost: UInt64 = 0

    /// Even a network without faults takes a moment.
    private static let baseDelayMilliseconds: UInt64 = 5
    /// How far an overtaken message falls behind.
    private static let overtakenMilliseconds = 500.0

    /// How long a transfer without a byte is waited for.
    static let stallMilliseconds: UInt64 = 2_000

    init(faults: NetworkFaults, rng: KeyedStream) {
        self.faults = faults
        self.rng = rng
    }

    /// Copies of the message that will arrive, with their delays: none when it is lost, two when it is duplicated.
    mutating func post(_ bytes: [UInt8]) -> [Delivery] {
        bytesSent += UInt64(bytes.count)
        messagesSent += 1
        guard faults != .none else {
            return [Delivery(delayMilliseconds: Self.baseDelayMilliseconds, bytes: bytes)]
        }
        let copies = chance(faults.duplicationProbability) ? 2 : 1
        var deliveries: [Delivery] = []
        for _ in 0..<copies {
            if chance(faults.lossProbability) {
                messagesLost += 1
                continue
            }
            var delay =
                Double(Self.baseDelayMilliseconds) + faults.delayMilliseconds * Double.random(in: 0..<2, using: &rng)
            if chance(faults.reorderingProbability) {
                delay += Double.random(in: 0..<Self.overtakenMilliseconds, using: &rng)
            }
            deliveries.append(Delivery(delayMilliseconds: UInt64(delay), bytes: bytes))
        }
        return deliveries
    }

    /// Fetches chunks of so many bytes: their names go one way and they come the other. What is lost on the way is
    /// fetched again.
    mutating func transfer(_ bytes: Int) -> (delayMilliseconds: UInt64, attempts: Int) {
        var delay = 0.0
        var attempts = 0
        while true {
            attempts += 1
            bytesSent += UInt64(bytes)
            messagesSent += 1
            for _ in 0..<2 {
                delay += Double(Self.baseDelayMilliseconds)
                if faults.delayMilliseconds > 0 {
                    delay += faults.delayMilliseconds * Double.random(in: 0..<2, using: &rng)
                }
            }
            guard chance(faults.lossProbability) else { return (UInt64(delay), attempts) }
            messagesLost += 1
            delay += Double(Self.stallMilliseconds)
        }
    }

    private mutating func chance(_ probability: Double) -> Bool {
        probability > 0 && Double.random(in: 0..<1, using: &rng) < probability
    }
}
