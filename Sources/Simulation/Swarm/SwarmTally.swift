/// What came of many seeds.
package struct SwarmTally: Sendable, Encodable {
    package private(set) var runs = 0
    /// Seeds with which an invariant did not hold, ascending.
    package private(set) var failedSeeds: [UInt64] = []
    package private(set) var violations: [SwarmOutcome.Violation] = []
    package private(set) var published = 0
    package private(set) var abandoned = 0
    package private(set) var rolledBack = 0
    package private(set) var deaths = 0
    package private(set) var replayedEvents = 0
    package private(set) var messages = 0
    package private(set) var lost = 0
    private var simulatedMilliseconds: UInt64 = 0

    package var simulatedHours: Int { Int(simulatedMilliseconds / 3_600_000) }

    package mutating func add(_ outcome: SwarmOutcome) {
        runs += 1
        if !outcome.violations.isEmpty {
            failedSeeds = (failedSeeds + [outcome.seed]).sorted()
            violations += outcome.violations
        }
        published += outcome.published
        abandoned += outcome.endings.count { $0.hasPrefix("abandoned") }
        rolledBack += outcome.endings.count { $0.hasPrefix("rolled back") }
        deaths += outcome.deaths
        replayedEvents += outcome.replayedEvents
        messages += outcome.messages
        lost += outcome.lost
        simulatedMilliseconds += outcome.milliseconds
    }
}
