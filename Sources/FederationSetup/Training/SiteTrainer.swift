package import Federation
package import MedicalImaging
package import ModelTraining
package import RingArithmetic

/// Local training of one hospital on its own images, as the agreement's pipeline says.
package struct SiteTrainer: LocalTrainer {
    package let specification: ModelSpecification
    private let configuration: TrainingConfiguration
    private let privacy: PrivacyConfiguration?
    private let rounds: Int
    private let seed: UInt64
    private let training: TrainingSet
    /// Held-out patients of this hospital; nil when it has none.
    package let validation: TrainingSet?

    /// Share of accuracy a candidate may lose before a hospital votes against it.
    static let toleratedLoss = 0.15

    /// The seed of a member's training in a run that is made from one seed.
    package static func seed(ofRun seed: UInt64, member: Int) -> UInt64 { seed &* 1_000 &+ UInt64(member) }

    /// - Parameter seed: orders the images of training without privacy.
    package init(
        specification: ModelSpecification, configuration: TrainingConfiguration, privacy: PrivacyConfiguration?,
        rounds: Int, seed: UInt64, training: TrainingSet, validation: TrainingSet?
    ) {
        self.specification = specification
        self.configuration = configuration
        self.privacy = privacy
        self.rounds = rounds
        self.seed = seed
        self.training = training
        self.validation = validation
    }

    /// Trains on the training patients of a hospital's images, and validates on its validation patients.
    ///
    /// - Throws: `TrainingError` for images that the pipeline was not made for, or a hospital without training
    /// patients.
    package init(_ pipeline: TrainingPipeline, rounds: Int, seed: UInt64, images: ImageSet) throws {
        func set(_ split: Split) throws -> TrainingSet? {
            let indices = images.indices(of: split)
            guard !indices.isEmpty else { return nil }
            return try TrainingSet(
                images, indices: indices, specification: pipeline.model, normalisation: pipeline.normalisation)
        }
        guard let training = try set(.train) else {
            throw TrainingError(.emptyTrainingSet, "No patient of \(images.name) is on the training side.")
        }
        self.init(
            specification: pipeline.model, configuration: pipeline.training, privacy: pipeline.privateTraining,
            rounds: rounds, seed: seed, training: training, validation: try set(.validation))
    }

    package func train(
        from model: [Float], round: UInt32, under terms: PrivacyTerms?, using rng: inout some CryptographicGenerator
    ) throws -> TrainedUpdate {
        let trained: [Float]
        if let privacy {
            trained = try trainPrivately(
                from: model, on: training, specification: specification, privacy: privacy, round: Int(round) - 1,
                rounds: rounds, using: &rng)
        } else {
            trained = try trainLocally(
                from: model, on: training, specification: specification, configuration: configuration,
                round: Int(round) - 1, rounds: rounds, seed: seed)
        }
        return TrainedUpdate(difference: zip(trained, model).map { $0 - $1 }, event: terms?.roundEvent)
    }

    /// The candidate must not lose much accuracy on this hospital's held-out patients. Not asked under privacy.
    package func approves(candidate: [Float], over base: [Float]) throws -> Bool {
        guard let validation else { return true }
        let before = try accuracy(of: base, on: validation)
        // Two standard errors of an accuracy measured on so few images.
        let chance = 2 * (0.25 / Double(max(1, validation.count))).squareRoot()
        return try accuracy(of: candidate, on: validation) >= before - Self.toleratedLoss - chance
    }

    private func accuracy(of model: [Float], on set: TrainingSet) throws -> Double {
        let probabilities = try predict(model, on: set, specification: specification)
        let right = zip(set.labels, probabilities).filter { label, row in
            row.indices.max { row[$0] < row[$1] } == label
        }
        return Double(right.count) / Double(max(1, set.labels.count))
    }
}
