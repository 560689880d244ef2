import Testing

@testable import Simulation

/// Small federations under faults and lies that a seed decides. How many seeds were run beyond these is told in
/// Documentation/Decisions/0015-the-swarm.md.
@Suite struct SwarmTests {
    /// A smoke test: some dozens of seeds, and what is in them.
    @Test func everyInvariantHoldsInEverySeed() async {
        let tally = await Swarm.run(seeds: 0..<32, workers: 2, twice: false) { outcome in
            for violation in outcome.violations {
                Issue.record("seed \(outcome.seed): \(violation.invariant): \(violation.description)")
            }
        }
        #expect(tally.runs == 32 && tally.failedSeeds.isEmpty)
        #expect(tally.published > 20 && tally.abandoned > 0 && tally.rolledBack > 0)
        #expect(tally.deaths > 20 && tally.replayedEvents > 1_000 && tally.lost > 500)
    }

    @Test(arguments: UInt64(100)..<104)
    func sameSeedGoesTheSameWay(seed: UInt64) throws {
        let outcome = try Swarm.runTwice(seed: seed)
        #expect(outcome.violations.isEmpty, "\(outcome.violations)")
        #expect(try outcome.fingerprint != Swarm.run(seed: seed + 1).fingerprint)
    }

    @Test func aTraceTellsWhatHappened() throws {
        let outcome = try Swarm.run(seed: 1, isTraced: true)
        let silent = try Swarm.run(seed: 1)
        #expect(silent.trace.isEmpty && outcome.fingerprint == silent.fingerprint)
        #expect(outcome.trace.contains { $0.contains("open round 1") })
        #expect(outcome.trace.contains { $0.contains("hospital-0 → coordinator: a ledger entry: ") })
        #expect(outcome.trace.count > 100)
    }

    /// Planted faults, the invariant that catches each, and within how many seeds.
    private static let plants: [(SwarmBug, String, UInt64)] = [
        (.skipsJournal, SpendChecker.invariant, 3), (.opensTwice, OneOpeningChecker.invariant, 5),
        (.dictionaryOrder, "same seed, same bytes", 8), (.dropsSignatureCheck, AuthenticityChecker.invariant, 16),
        (.reusesNonce, SecondUseChecker.invariant, 8),
    ]

    @Test(arguments: plants)
    func plantedFaultIsCaught(bug: SwarmBug, invariant: String, seeds: UInt64) throws {
        var found: [String] = []
        for seed in 0..<seeds where found.isEmpty {
            let outcome = try bug == .dictionaryOrder ? Swarm.runTwice(seed: seed, bug: bug) : planted(bug, seed)
            found = outcome.violations.map(\.invariant)
        }
        #expect(found.first == invariant)
    }

    private func planted(_ bug: SwarmBug, _ seed: UInt64) throws -> SwarmOutcome {
        var run = try SwarmRun(seed: seed, bug: bug)
        return try run.run()
    }

    @Test func everyFaultHasAPlant() {
        #expect(Set(Self.plants.map(\.0)) == Set(SwarmBug.allCases))
    }
}
