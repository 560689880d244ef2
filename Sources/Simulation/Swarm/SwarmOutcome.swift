package import Ledger

/// What came of one seed.
package struct SwarmOutcome: Sendable, Encodable {
    /// An invariant that did not hold.
    package struct Violation: Sendable, Hashable, Encodable {
        package let invariant: String
        package let description: String
        /// Simulated milliseconds since the beginning.
        package let atMilliseconds: UInt64
    }

    package let seed: UInt64
    package let scenario: String
    package internal(set) var violations: [Violation] = []
    /// How the rounds on the coordinator's ledger ended, in order.
    package internal(set) var endings: [String] = []
    package internal(set) var published = 0
    package internal(set) var deaths = 0
    package internal(set) var replayedEvents = 0
    package internal(set) var messages = 0
    package internal(set) var lost = 0
    /// The simulated time that the run took.
    package internal(set) var milliseconds: UInt64 = 0
    /// Digest of every ledger entry, model and event in order: equal for equal seeds.
    package internal(set) var fingerprint = Digest.of([], domain: "cordon/swarm/v1")
    /// What happened, line by line, where that was asked for.
    package internal(set) var trace: [String] = []

    /// The outcome in a few words.
    package var summary: String {
        guard violations.isEmpty else {
            return violations.map { "\($0.invariant) DID NOT HOLD: \($0.description)" }.joined(separator: "\n")
        }
        let rounds = endings.enumerated().map { "round \($0.offset + 1) \($0.element)" }.joined(separator: ", ")
        return "every invariant held; \(rounds.isEmpty ? "no round ended" : rounds)"
    }
}
