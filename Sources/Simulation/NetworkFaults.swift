/// Faults of the simulated network, drawn from the run's seed.
package struct NetworkFaults: Hashable, Sendable {
    /// Probability that a message is lost on one attempt; senders repeat.
    package var lossProbability: Double
    /// Probability that a message arrives twice.
    package var duplicationProbability: Double
    /// Probability that a message is overtaken by later ones.
    package var reorderingProbability: Double
    /// Mean delay of a message in simulated milliseconds.
    package var delayMilliseconds: Double

    /// A network without faults.
    package static let none = NetworkFaults()

    package init(
        lossProbability: Double = 0, duplicationProbability: Double = 0, reorderingProbability: Double = 0,
        delayMilliseconds: Double = 0
    ) {
        self.lossProbability = lossProbability
        self.duplicationProbability = duplicationProbability
        self.reorderingProbability = reorderingProbability
        self.delayMilliseconds = delayMilliseconds
    }

    /// Parses for instance `loss=0.05,duplication=0.05,reordering=0.1,delay=20`; what is not named stays zero.
    ///
    /// - Throws: `SimulationError` with code `usage`.
    package init(parsing text: String) throws {
        self.init()
        var seen: Set<Substring> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false)
            guard pair.count == 2, let value = Double(pair[1]), value.isFinite, value >= 0 else {
                throw Self.failure(text, "\"\(part)\" is not NAME=NUMBER")
            }
            guard seen.insert(pair[0]).inserted else { throw Self.failure(text, "\(pair[0]) is given twice") }
            guard ["loss", "duplication", "reordering", "delay"].contains(pair[0]) else {
                throw Self.failure(text, "\(pair[0]) is unknown")
            }
            guard pair[0] == "delay" || value <= Self.greatestProbability else {
                throw Self.failure(text, "\(pair[0]) is a probability of at most \(Self.greatestProbability)")
            }
            switch pair[0] {
            case "loss": lossProbability = value
            case "duplication": duplicationProbability = value
            case "reordering": reorderingProbability = value
            default:
                guard value <= Self.greatestDelayMilliseconds else {
                    throw Self.failure(text, "delay is at most \(Self.greatestDelayMilliseconds) milliseconds")
                }
                delayMilliseconds = value
            }
        }
    }

    /// Above this, repeated sending no longer gets a message through within a deadline.
    package static let greatestProbability = 0.5
    /// One minute; phases of the simulated federation have deadlines of several minutes.
    package static let greatestDelayMilliseconds = 60_000.0

    private static func failure(_ text: String, _ what: String) -> SimulationError {
        SimulationError(
            .usage,
            "--network \(text): \(what); write for instance loss=0.05,duplication=0.05,reordering=0.1,delay=20 "
                + "(delay in milliseconds)")
    }
}
