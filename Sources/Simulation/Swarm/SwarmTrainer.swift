import Federation
import RingArithmetic

/// Local training that draws its update: in a swarm learning is not the point.
struct SwarmTrainer: LocalTrainer {
    let approvesCandidates: Bool

    func train(
        from model: [Float], round: UInt32, under privacy: PrivacyTerms?, using rng: inout some CryptographicGenerator
    ) throws -> TrainedUpdate {
        let difference = model.map { _ in Float.random(in: -0.02...0.02, using: &rng) }
        return TrainedUpdate(difference: difference, event: privacy?.roundEvent)
    }

    func approves(candidate: [Float], over base: [Float]) throws -> Bool { approvesCandidates }
}
