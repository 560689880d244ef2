/// Runs of a federation under faults and lies that a seed decides, each watched by checkers of the invariants.
package enum Swarm {
    /// One seed, once, and line by line if that is asked for.
    package static func run(seed: UInt64, isTraced: Bool = false) throws -> SwarmOutcome {
        var run = try SwarmRun(seed: seed, isTraced: isTraced)
        return try run.run()
    }

    /// One seed twice: what it did the first time it does again (invariant 8).
    package static func runTwice(seed: UInt64) throws -> SwarmOutcome { try runTwice(seed: seed, bug: nil) }

    static func runTwice(seed: UInt64, bug: SwarmBug?) throws -> SwarmOutcome {
        var first = try SwarmRun(seed: seed, bug: bug)
        var second = try SwarmRun(seed: seed, bug: bug)
        var outcome = try first.run()
        let again = try second.run()
        if outcome.violations.isEmpty, outcome.fingerprint != again.fingerprint {
            outcome.violations.append(
                SwarmOutcome.Violation(
                    invariant: "same seed, same bytes", description: "two runs of seed \(seed) went different ways",
                    atMilliseconds: outcome.milliseconds))
        }
        return outcome
    }

    /// Many seeds, so many at a time. A run that cannot even be prepared counts as a violation.
    package static func run(
        seeds: Range<UInt64>, workers: Int, twice: Bool, reporting report: @escaping @Sendable (SwarmOutcome) -> Void
    ) async -> SwarmTally {
        await withTaskGroup(of: SwarmOutcome.self) { group in
            var tally = SwarmTally()
            var next = seeds.lowerBound
            for _ in 0..<workers where next < seeds.upperBound {
                let seed = next
                group.addTask { outcome(of: seed, twice: twice) }
                next += 1
            }
            for await outcome in group {
                tally.add(outcome)
                report(outcome)
                guard next < seeds.upperBound else { continue }
                let seed = next
                group.addTask { Self.outcome(of: seed, twice: twice) }
                next += 1
            }
            return tally
        }
    }

    private static func outcome(of seed: UInt64, twice: Bool) -> SwarmOutcome {
        do {
            return try twice ? runTwice(seed: seed) : run(seed: seed)
        } catch {
            var outcome = SwarmOutcome(seed: seed, scenario: SwarmScenario(seed: seed).summary)
            outcome.violations.append(
                SwarmOutcome.Violation(invariant: "a run runs", description: "\(error)", atMilliseconds: 0))
            return outcome
        }
    }
}
