import DifferentialPrivacy
package import Federation
package import RingArithmetic

/// Local training that gives a known difference: for tests in which learning is not the point.
package struct GivenTrainer: LocalTrainer {
    package let member: Int
    package let dimension: Int
    package let seed: UInt64
    /// The same difference in every round, as a hospital would send that does not train again.
    package var repeatsItself = false
    package var approvesCandidates = true
    /// Added to every difference.
    package var addition: [Float]?

    package init(member: Int, dimension: Int, seed: UInt64, repeatsItself: Bool = false) {
        self.member = member
        self.dimension = dimension
        self.seed = seed
        self.repeatsItself = repeatsItself
    }

    /// A common direction with some of its own, so that the defence sees like hospitals.
    package static func difference(member: Int, round: UInt32, dimension: Int, seed: UInt64) -> [Float] {
        var common = KeyedStream(key: [3], label: "common direction", indices: [seed, UInt64(round)])
        var own = KeyedStream(key: [3], label: "own direction", indices: [seed, UInt64(round), UInt64(member)])
        return (0..<dimension).map { _ in
            Float.random(in: -0.01...0.01, using: &common) + Float.random(in: -0.01...0.01, using: &own)
        }
    }

    package func train(
        from model: [Float], round: UInt32, under terms: PrivacyTerms?, using rng: inout some CryptographicGenerator
    ) throws -> TrainedUpdate {
        var difference = Self.difference(
            member: member, round: repeatsItself ? 0 : round, dimension: dimension, seed: seed)
        if let addition { difference = zip(difference, addition).map { $0 + $1 } }
        return TrainedUpdate(difference: difference, event: terms?.roundEvent)
    }

    package func approves(candidate: [Float], over base: [Float]) throws -> Bool { approvesCandidates }
}
