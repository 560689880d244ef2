import Ledger

/// Hospitals as witnesses behind a network that loses, delays and partitions, before a sequencer with two faces; up to
/// `liars` of them cosign whatever they are shown. Everything follows from the seed.
struct WitnessNetwork {
    /// The two histories that the sequencer keeps, at every length from the fork on.
    struct Fork {
        let common: TestFederation
        let branches: [[(note: SignedNote, records: [LedgerRecord])]]

        init() throws {
            let common = try TestFederation()
            branches = try (0..<2).map { branch in
                var federation = common
                federation.now += UInt64(branch) * 5
                var claims: [(note: SignedNote, records: [LedgerRecord])] = []
                try federation.post(.coordinator, .open(federation.openEntry()))
                for member in 0..<5 {
                    try federation.post(.member(member), .commit(federation.commitment(member)))
                    let note = try federation.log.checkpoint(signedBy: federation.coordinator)
                    claims.append((note, federation.log.records))
                }
                return claims
            }
            self.common = common
        }
    }

    private struct Node {
        var running: Witness
        /// What a restart finds.
        var stored: Witness
    }

    private let fork: Fork
    private let liars: Int
    private var nodes: [Node]
    private var state: UInt64
    /// Cosignatures that reached somebody, by branch, length and witness.
    private(set) var cosigned: [[Set<Int>]]
    private(set) var crashes = 0
    private(set) var refusals = 0

    init(_ fork: Fork, seed: UInt64, liars: Int) {
        self.fork = fork
        self.liars = liars
        state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
        let common = fork.common
        nodes = common.members.map { identity in
            let witness = Witness(
                identity: identity, sequencerKey: common.coordinator.publicKey, log: common.log)
            return Node(running: witness, stored: witness)
        }
        cosigned = fork.branches.map { $0.map { _ in [] } }
    }

    /// xorshift64*: reproducible, and good enough to choose schedules.
    private mutating func draw(below bound: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 0x2545_f491_4f6c_dd1d) >> 33) % bound
    }

    mutating func run(steps: Int, honest: Bool) throws {
        // A partition gives each side another face, for a while; then anybody may see anything.
        let sides = nodes.indices.map { _ in honest ? 0 : draw(below: 2) }
        let heals = draw(below: steps)
        for step in 0..<steps {
            let member = draw(below: nodes.count)
            let branch = honest ? 0 : step < heals ? sides[member] : draw(below: 2)
            let length = draw(below: fork.branches[branch].count)
            let (note, records) = fork.branches[branch][length]
            if member < liars {
                cosigned[branch][length].insert(member)
                continue
            }
            switch draw(below: 8) {
            case 0: continue
            case 1: try crash(member, note, records, at: draw(below: 3), branch, length)
            default: try deliver(member, note, records, branch, length)
            }
        }
    }

    private mutating func deliver(
        _ member: Int, _ note: SignedNote, _ records: [LedgerRecord], _ branch: Int, _ length: Int
    ) throws {
        do {
            _ = try nodes[member].running.cosign(note, records: records, at: 1_000_000)
            nodes[member].stored = nodes[member].running
            cosigned[branch][length].insert(member)
        } catch is WitnessRefusal {
            refusals += 1
            nodes[member].stored = nodes[member].running
        }
    }

    /// Dies before it has the request (0), before it stored its answer (1), or after that and before the answer leaves
    /// the house (2); then starts from what was stored.
    private mutating func crash(
        _ member: Int, _ note: SignedNote, _ records: [LedgerRecord], at point: Int, _ branch: Int, _ length: Int
    ) throws {
        crashes += 1
        if point > 0 {
            do {
                _ = try nodes[member].running.cosign(note, records: records, at: 1_000_000)
                if point == 2 { nodes[member].stored = nodes[member].running }
            } catch is WitnessRefusal {
                refusals += 1
            }
        }
        nodes[member].running = nodes[member].stored
    }

    /// Whether `quorum` witnesses vouch for a checkpoint of each branch: two histories accepted.
    func isForked(quorum: Int) -> Bool {
        cosigned.allSatisfy { branch in branch.contains { $0.count >= quorum } }
    }

    var hasEvidence: Bool {
        nodes.contains { $0.running.evidence?.convicts(fork.common.coordinator.publicKey) == true }
    }
}
