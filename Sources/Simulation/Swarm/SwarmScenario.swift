import RingArithmetic

/// Everything that one seed decides before a run begins: who takes part, what breaks, and who lies.
struct SwarmScenario: Sendable {
    let seed: UInt64
    let members: Int
    let rounds: UInt32
    let hasPrivacy: Bool
    let network: NetworkFaults
    /// From here on the network is sound and nobody dies any more; liars go on lying.
    let healsAtMilliseconds: UInt64
    let partitions: [SwarmPartition]
    let crashes: [SwarmCrash]
    let coordinatorSkewMilliseconds: Int64
    let skewsMilliseconds: [Int64]
    let trainingMilliseconds: [UInt64]
    let vices: [Int: SwarmVice]
    let coordinatorVice: SwarmCoordinatorVice?
    /// Coordinator's event at which an equivocating one begins to.
    let forksAtEvent: Int
    let approvals: [Bool]
    /// Somebody on the wire speaks to hospitals in the coordinator's name.
    let isForged: Bool

    /// Milliseconds of simulated time that all rounds take at most.
    var patienceMilliseconds: UInt64 { UInt64(rounds + 1) * SwarmSetting.roundMilliseconds + 120_000 }

    var corruptible: Int { (members - 1) / 3 }

    var isCoordinatorHonest: Bool { coordinatorVice == nil }

    init(seed: UInt64) {
        var rng = KeyedStream.simulation(seed: seed, purpose: "swarm scenario")
        self.seed = seed
        let members = Int.random(in: 3...6, using: &rng)
        self.members = members
        rounds = UInt32.random(in: 1...3, using: &rng)
        hasPrivacy = Int.random(in: 0..<4, using: &rng) == 0
        let length = UInt64(rounds) * SwarmSetting.roundMilliseconds
        let heals = UInt64.random(in: 0...length, using: &rng)
        healsAtMilliseconds = heals
        func sometimes(_ greatest: Double) -> Double {
            Bool.random(using: &rng) ? Double.random(in: 0...greatest, using: &rng) : 0
        }
        network = NetworkFaults(
            lossProbability: sometimes(0.3), duplicationProbability: sometimes(0.3),
            reorderingProbability: sometimes(0.5), delayMilliseconds: sometimes(800))
        partitions = (0..<Int.random(in: 0...3, using: &rng)).map { _ in
            let from = UInt64.random(in: 0...length, using: &rng)
            return SwarmPartition(
                member: Int.random(in: 0..<members, using: &rng),
                direction: SwarmPartition.Direction.allCases.randomElement(using: &rng) ?? .both,
                from: from, until: min(heals, from + UInt64.random(in: 1_000...90_000, using: &rng)))
        }.filter { $0.from < $0.until }
        let skewed = Bool.random(using: &rng)
        func skew() -> Int64 { skewed ? Int64.random(in: -4_000...4_000, using: &rng) : 0 }
        coordinatorSkewMilliseconds = skew()
        skewsMilliseconds = (0..<members).map { _ in skew() }
        trainingMilliseconds = (0..<members).map { _ in
            Int.random(in: 0..<8, using: &rng) == 0
                ? UInt64.random(in: 30_000...90_000, using: &rng) : UInt64.random(in: 500...20_000, using: &rng)
        }
        crashes = (0..<Int.random(in: 0...5, using: &rng)).map { _ in Self.crash(members: members, using: &rng) }
        vices = Self.vices(members: members, using: &rng)
        coordinatorVice =
            Int.random(in: 0..<5, using: &rng) == 0 ? SwarmCoordinatorVice.allCases.randomElement(using: &rng) : nil
        forksAtEvent = Int.random(in: 1...120, using: &rng)
        let isContent = Int.random(in: 0..<6, using: &rng) > 0
        approvals = (0..<members).map { _ in isContent || Bool.random(using: &rng) }
        isForged = Int.random(in: 0..<4, using: &rng) == 0
    }

    private static func crash(members: Int, using rng: inout KeyedStream) -> SwarmCrash {
        let victim = Int.random(in: -1..<members, using: &rng)
        let cuts: [SwarmCrash.Cut] = [
            .beforeJournal, .torn, .afterJournal, .afterEffects(0), .afterEffects(Int.random(in: 1...6, using: &rng)),
            .afterEffects(1), .beforeCompacting, .beforeErasing,
        ]
        return SwarmCrash(
            party: victim < 0 ? .coordinator(branch: 0) : .hospital(victim),
            event: Int.random(in: 1...(victim < 0 ? 150 : 60), using: &rng),
            cut: cuts.randomElement(using: &rng) ?? .torn,
            downMilliseconds: Bool.random(using: &rng)
                ? UInt64.random(in: 10...2_500, using: &rng) : UInt64.random(in: 2_500...60_000, using: &rng),
            clockStepMilliseconds: Int.random(in: 0..<3, using: &rng) == 0
                ? Int64.random(in: -5_000...5_000, using: &rng) : 0)
    }

    private static func vices(members: Int, using rng: inout KeyedStream) -> [Int: SwarmVice] {
        let count = Int.random(in: 0...(members - 1) / 3, using: &rng)
        return (0..<members).shuffled(using: &rng).prefix(count).sorted().reduce(into: [:]) { vices, member in
            vices[member] = SwarmVice.allCases.randomElement(using: &rng)
        }
    }
}
