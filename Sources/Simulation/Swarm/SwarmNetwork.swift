import RingArithmetic

/// The lines between hospitals and coordinator: what becomes of one message or chunk.
struct SwarmNetwork: Sendable {
    private let scenario: SwarmScenario
    private var rng: KeyedStream
    private(set) var sent = 0
    private(set) var lost = 0

    private static let baseMilliseconds = 5.0

    init(_ scenario: SwarmScenario) {
        self.scenario = scenario
        rng = .simulation(seed: scenario.seed, purpose: "swarm network")
    }

    /// Delays of the copies that arrive.
    mutating func transmit(from sender: SwarmParty, to receiver: SwarmParty, at now: UInt64) -> [UInt64] {
        sent += 1
        let faults = now < scenario.healsAtMilliseconds ? scenario.network : .none
        let line = [sender, receiver].compactMap { party in
            if case .hospital(let member) = party { member } else { nil }
        }.first
        if scenario.partitions.contains(where: { $0.member == line && $0.cuts(sender, at: now) }) {
            lost += 1
            return []
        }
        var delays: [UInt64] = []
        for _ in 0..<(chance(faults.duplicationProbability) ? 2 : 1) {
            if chance(faults.lossProbability) {
                lost += 1
                continue
            }
            var delay = Self.baseMilliseconds
            if faults.delayMilliseconds > 0 {
                delay += Double.random(in: 0..<2 * faults.delayMilliseconds, using: &rng)
            }
            if chance(faults.reorderingProbability) { delay += Double.random(in: 0..<3_000, using: &rng) }
            delays.append(UInt64(delay))
        }
        return delays
    }

    private mutating func chance(_ probability: Double) -> Bool {
        probability > 0 && Double.random(in: 0..<1, using: &rng) < probability
    }
}
