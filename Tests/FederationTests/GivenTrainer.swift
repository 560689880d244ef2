import DifferentialPrivacy
import RingArithmetic

@testable import Federation

/// Local training that gives a known difference: for tests in which learning is not the point.
struct GivenTrainer: LocalTrainer {
    let member: Int
    let dimension: Int
    let seed: UInt64
    /// The same difference in every round, as a hospital would send that does not train again.
    var repeatsItself = false
    var approvesCandidates = true

    /// A common direction with some of its own, so that the defence sees like hospitals.
    static func difference(member: Int, round: UInt32, dimension: Int, seed: UInt64) -> [Float] {
        var common = KeyedStream(key: [3], label: "common direction", indices: [seed, UInt64(round)])
        var own = KeyedStream(key: [3], label: "own direction", indices: [seed, UInt64(round), UInt64(member)])
        return (0..<dimension).map { _ in
            Float.random(in: -0.01...0.01, using: &common) + Float.random(in: -0.01...0.01, using: &own)
        }
    }

    func train(
        from model: [Float], round: UInt32, under terms: PrivacyTerms?, using rng: inout some CryptographicGenerator
    ) throws -> TrainedUpdate {
        let difference = Self.difference(
            member: member, round: repeatsItself ? 0 : round, dimension: dimension, seed: seed)
        return TrainedUpdate(difference: difference, event: terms?.roundEvent)
    }

    func approves(candidate: [Float], over base: [Float]) throws -> Bool { approvesCandidates }
}
