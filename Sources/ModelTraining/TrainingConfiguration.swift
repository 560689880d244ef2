import Foundation

/// How a hospital trains without privacy: part of the agreement.
package struct TrainingConfiguration: Codable, Hashable, Sendable {
    /// Step size of the first round; see `learningRate(round:rounds:)`.
    package var learningRate: Double
    package var momentum: Double
    package var weightDecay: Double
    /// Images a step.
    package var batchSize: Int
    /// Bound on the norm of one step's gradient.
    package var gradientClipNorm: Double
    /// Passes over the hospital's images a round.
    package var localEpochs: Int

    package init(
        learningRate: Double, momentum: Double, weightDecay: Double, batchSize: Int, gradientClipNorm: Double,
        localEpochs: Int
    ) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.weightDecay = weightDecay
        self.batchSize = batchSize
        self.gradientClipNorm = gradientClipNorm
        self.localEpochs = localEpochs
    }

    /// Settings calibrated on paediatric chest radiographs with five hospitals.
    package static func defaults(for kind: ModelKind) -> TrainingConfiguration {
        switch kind {
        case .cnn:
            TrainingConfiguration(
                learningRate: 0.05, momentum: 0.9, weightDecay: 1e-4, batchSize: 16, gradientClipNorm: 5,
                localEpochs: 1)
        case .scattering, .scattering2:
            TrainingConfiguration(
                learningRate: 10, momentum: 0.9, weightDecay: 1e-5, batchSize: 32, gradientClipNorm: 5,
                localEpochs: 1)
        }
    }

    /// Cosine schedule over the rounds, from the full rate to a twentieth: rate · (0.95 · (1 + cos(πr/R))/2 + 0.05).
    func learningRate(round: Int, rounds: Int) -> Double {
        learningRate * cosineSchedule(round: round, rounds: rounds)
    }

    func check() throws {
        let sound = [learningRate, momentum, weightDecay, gradientClipNorm].allSatisfy(\.isFinite)
        guard sound, learningRate > 0, (0..<1).contains(momentum), weightDecay >= 0, gradientClipNorm > 0,
            batchSize > 0, localEpochs > 0
        else {
            throw TrainingError(
                .invalidConfiguration,
                "Training needs a learning rate, clip norm, batch size and epochs above zero, momentum in 0..<1.")
        }
    }
}

/// (0.95 · (1 + cos(π · round / rounds)) / 2 + 0.05); rounds count from zero.
func cosineSchedule(round: Int, rounds: Int) -> Double {
    let share = Double(min(max(0, round), max(1, rounds))) / Double(max(1, rounds))
    return 0.95 * 0.5 * (1 + cos(Double.pi * share)) + 0.05
}
