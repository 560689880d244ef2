package import RingArithmetic

/// A hospital's own training, on its own images. Federation knows nothing of images or libraries.
package protocol LocalTrainer: Sendable {
    /// Trains from the base model, under the agreement's privacy terms when there are any.
    func train(
        from model: [Float], round: UInt32, under privacy: PrivacyTerms?, using rng: inout some CryptographicGenerator
    ) throws -> TrainedUpdate

    /// Whether the candidate model may be published, judged on held-out patients that training never sees.
    func approves(candidate: [Float], over base: [Float]) throws -> Bool
}
