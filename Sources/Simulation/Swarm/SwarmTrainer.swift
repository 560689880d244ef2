import Federation
import RingArithmetic

/// Local training that draws its update: in a swarm learning is not the point.
struct SwarmTrainer: LocalTrainer {
    let approvesCandidates: Bool
    /// Draws from a stream of this number instead of the generator it is given.
    var ownRandomness: UInt64?

    func train(
        from model: [Float], round: UInt32, under privacy: PrivacyTerms?, using rng: inout some CryptographicGenerator
    ) throws -> TrainedUpdate {
        let difference: [Float]
        if let ownRandomness {
            var own = KeyedStream(key: [], label: "swarm trainer", indices: [ownRandomness])
            difference = Self.draw(model.count, using: &own)
        } else {
            difference = Self.draw(model.count, using: &rng)
        }
        return TrainedUpdate(difference: difference, event: privacy?.roundEvent)
    }

    private static func draw(_ count: Int, using rng: inout some CryptographicGenerator) -> [Float] {
        (0..<count).map { _ in Float.random(in: -0.02...0.02, using: &rng) }
    }

    func approves(candidate: [Float], over base: [Float]) throws -> Bool { approvesCandidates }
}
