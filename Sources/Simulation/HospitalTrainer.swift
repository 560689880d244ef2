import DifferentialPrivacy
import Federation
import MedicalImaging
import ModelTraining
import RingArithmetic
import Synchronization

/// Local training of one simulated hospital on its own images: the real training, or an attacker's.
struct HospitalTrainer: LocalTrainer {
    /// What is done with a trained update before it goes its way.
    enum Conduct: Sendable, Hashable {
        case honest
        /// Sends `−factor·u`.
        case signFlip(factor: Float)
        /// Sends `factor·u`, to outweigh the others.
        case scaled(factor: Float)

        var multiplier: Float {
            switch self {
            case .honest: 1
            case .signFlip(let factor): -factor
            case .scaled(let factor): factor
            }
        }
    }

    let specification: ModelSpecification
    let configuration: TrainingConfiguration
    let privacy: PrivacyConfiguration?
    let rounds: Int
    let seed: UInt64
    let training: TrainingSet
    /// Held-out patients of this hospital; nil when it has none.
    let validation: TrainingSet?
    let conduct: Conduct
    let clock: WorkClock
    private let spent = TrainingSeconds()

    /// Share of accuracy a candidate may lose before a hospital votes against it.
    static let toleratedLoss = 0.15

    init(
        specification: ModelSpecification, configuration: TrainingConfiguration, privacy: PrivacyConfiguration?,
        rounds: Int, seed: UInt64, training: TrainingSet, validation: TrainingSet?, conduct: Conduct, clock: WorkClock
    ) {
        self.specification = specification
        self.configuration = configuration
        self.privacy = privacy
        self.rounds = rounds
        self.seed = seed
        self.training = training
        self.validation = validation
        self.conduct = conduct
        self.clock = clock
    }

    /// CPU seconds this trainer spent so far; its caller subtracts them from what it measures around it.
    var trainingSeconds: Double { spent.total.withLock { $0 } }

    func train(
        from model: [Float], round: UInt32, under terms: PrivacyTerms?, using rng: inout some CryptographicGenerator
    ) throws -> TrainedUpdate {
        let start = WorkClock.threadSeconds()
        defer { book(since: start, as: .training) }
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
        let multiplier = conduct.multiplier
        let difference = zip(trained, model).map { ($0 - $1) * multiplier }
        return TrainedUpdate(difference: difference, event: terms?.roundEvent)
    }

    /// The candidate must not lose much accuracy on this hospital's held-out patients. Not asked under privacy.
    func approves(candidate: [Float], over base: [Float]) throws -> Bool {
        guard conduct == .honest, let validation else { return true }
        let start = WorkClock.threadSeconds()
        defer { book(since: start, as: .evaluation) }
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

    private func book(since start: Double, as kind: WorkClock.Kind) {
        let seconds = WorkClock.threadSeconds() - start
        spent.total.withLock { $0 += seconds }
        clock.book(seconds, to: kind)
    }
}

/// CPU seconds of one trainer, shared by its copies.
private final class TrainingSeconds: Sendable {
    let total = Mutex(0.0)
}
