/// Hospitals that fall silent in the middle of a round and are back for the next.
package struct SimulatedVanishing: Hashable, Sendable {
    /// The phase from whose beginning on the hospitals are silent.
    package enum Phase: String, CaseIterable, Hashable, Sendable {
        case train, commit, reveal, sketch, verdict, sum, report, vote
    }

    /// How many hospitals fall silent.
    package let count: Int
    package let phase: Phase
    /// The round in which it happens; every round when nil.
    package let round: Int?

    package init(count: Int, phase: Phase, round: Int? = nil) {
        self.count = count
        self.phase = phase
        self.round = round
    }

    /// Parses `COUNT@PHASE` or `COUNT@PHASE:ROUND`, for instance `1@sum` or `2@sum:3`.
    ///
    /// - Throws: `SimulationError` with code `usage`.
    package init(parsing text: String) throws {
        let failure = { (what: String) in
            let phases = Phase.allCases.map(\.rawValue).joined(separator: ", ")
            return SimulationError(
                .usage,
                "--vanish \(text): \(what); write COUNT@PHASE or COUNT@PHASE:ROUND with a phase of \(phases), "
                    + "for instance 1@sum or 2@sum:3")
        }
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2 else { throw failure("there is not exactly one @") }
        guard let count = Int(halves[0]), count > 0 else { throw failure("the count is not a positive number") }
        let parts = halves[1].split(separator: ":", omittingEmptySubsequences: false)
        guard let first = parts.first, let phase = Phase(rawValue: String(first)) else {
            throw failure("the phase is unknown")
        }
        var round: Int?
        if parts.count > 1 {
            guard parts.count == 2, let number = Int(parts[1]), number > 0 else {
                throw failure("the round is not a positive number")
            }
            round = number
        }
        self.init(count: count, phase: phase, round: round)
    }
}
