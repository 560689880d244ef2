import ArgumentParser
import DifferentialPrivacy
import Foundation
import MedicalImaging
import ModelTraining
import RingArithmetic

/// What privacy costs: accuracy at each ε over fresh seeds, and samples a second. The figures of
/// `Documentation/Privacy.md`.
@main
struct PrivacyBenchmark: ParsableCommand {
    @Option(help: "A manifest of radiographs.") var data: String
    @Option(help: "Hospitals, equally large.") var hospitals = 5
    @Option(help: "First seed of partitions; the settings were chosen on seeds 1 to 3.") var seed: UInt64 = 101
    @Option(help: "Seeds.") var seeds = 5
    @Option(help: "cnn, scattering or scattering2.") var model = "scattering"
    @Option(help: "Values of ε, 0 for none.") var epsilon: [Double] = [0, 8, 3, 1]
    @Option(help: "Rounds, instead of those of the settings.") var rounds: Int?
    @Option(help: "Steps a round, likewise.") var steps: Int?
    @Option(help: "Learning rate, likewise.") var rate: Double?
    @Option(help: "Clip norm, likewise.") var clip: Double?
    @Option(help: "Sampling rate, likewise.") var sampling: Double?
    @Option(help: "Assumed share of class 0, likewise.") var prior: Double?
    @Option(help: "Hospitals that collude, where noise is shared and nothing but sums opened: one step a round.")
    var shared: Int?
    @Flag(help: "Measure samples a second instead.") var speed = false

    func run() throws {
        guard let kind = ModelKind(rawValue: model) else { throw ValidationError("--model \(model): not known") }
        let images = try loadImages(from: .path(data), imageSize: 64, seed: 1) { _, _ in }
        let specification = try ModelSpecification(kind: kind, imageSize: 64, classCount: images.classNames.count)
        if speed { return try measureSpeed(images, specification) }
        let everything = try TrainingSet(
            images, indices: Array(images.samples.indices), specification: specification, normalisation: .standard)
        let test = everything.selecting(images.indices(of: .test))
        for epsilon in epsilon {
            var results: [ClassificationMetrics] = []
            for seed in seed..<seed + UInt64(seeds) {
                let result = try train(images, everything, epsilon: epsilon, seed: seed, test: test)
                print("  ε \(epsilon) seed \(seed): accuracy \(result.accuracy), AUC \(result.auc ?? .nan)")
                results.append(result)
            }
            func figures(_ values: [Double]) -> String {
                let mean = values.reduce(0, +) / Double(values.count)
                let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count - 1))
                return String(format: "%.4f ± %.4f", mean, spread.squareRoot())
            }
            print(
                "\(model) ε \(epsilon): accuracy \(figures(results.map(\.accuracy))), "
                    + "AUC \(figures(results.map { $0.auc ?? .nan }))")
        }
    }

    private func train(
        _ images: ImageSet, _ everything: TrainingSet, epsilon: Double, seed: UInt64, test: TrainingSet
    ) throws -> ClassificationMetrics {
        let shares = try partition(images, hospitals: hospitals, heterogeneity: nil, seed: seed).map {
            everything.selecting($0)
        }
        let specification = everything.specification
        var parameters = try specification.initialParameters(seed: seed)
        let patients = shares.map(\.patients.count).reduce(0, +) / hospitals
        let privacy = epsilon > 0 ? try settings(specification.kind, epsilon: epsilon, patients: patients) : nil
        let rounds = self.rounds ?? privacy?.rounds ?? 20
        var generator = SystemRandomNumberGenerator()
        for round in 0..<rounds {
            var sum = [Float](repeating: 0, count: parameters.count)
            for (hospital, share) in shares.enumerated() {
                let trained =
                    if let privacy {
                        try trainPrivately(
                            from: parameters, on: share, specification: specification, privacy: privacy.settings,
                            round: round, rounds: rounds, using: &generator)
                    } else {
                        try trainLocally(
                            from: parameters, on: share, specification: specification,
                            configuration: .defaults(for: specification.kind), round: round, rounds: rounds,
                            seed: seed &* 1000 &+ UInt64(hospital))
                    }
                for index in sum.indices { sum[index] += trained[index] / Float(hospitals) }
            }
            parameters = sum
        }
        return try ClassificationMetrics(
            labels: test.labels, probabilities: predict(parameters, on: test, specification: specification),
            classNames: images.classNames)
    }

    private func settings(
        _ kind: ModelKind, epsilon: Double, patients: Int
    ) throws -> (settings: PrivacyConfiguration, rounds: Int) {
        let rounds = self.rounds ?? 20
        var settings = try PrivacyConfiguration.calibrated(
            for: kind, epsilon: epsilon, delta: 1e-5, rounds: rounds, expectedPatients: patients)
        if let steps { settings.stepsPerRound = steps }
        if let sampling { settings.samplingRate = sampling }
        if let clip { settings.clipNorm = clip }
        if let prior { settings.classPrior = prior }
        settings.noiseMultiplier = try calibratedNoiseMultiplier(
            epsilon: epsilon, delta: 1e-5, samplingRate: settings.samplingRate,
            steps: rounds * settings.stepsPerRound)
        if kind != .cnn {
            settings.learningRate = PrivacyConfiguration.headLearningRate(
                noiseMultiplier: settings.noiseMultiplier, patients: settings.samplingRate * Double(patients),
                steps: rounds * settings.stepsPerRound)
        }
        if let rate { settings.learningRate = rate }
        if let shared {
            guard settings.stepsPerRound == 1 else { throw ValidationError("--shared: give --steps 1") }
            settings.momentum = 0
            settings.noiseMultiplier = try DistributedNoise(
                hospitals: hospitals, colluding: shared, absent: 0, noiseMultiplier: settings.noiseMultiplier
            ).shareMultiplier
        }
        print("  \(settings), \(rounds) rounds")
        return (settings, rounds)
    }

    private func measureSpeed(_ images: ImageSet, _ specification: ModelSpecification) throws {
        let share = try partition(images, hospitals: hospitals, heterogeneity: nil, seed: seed)[0]
        let set = try TrainingSet(images, indices: share, specification: specification, normalisation: .standard)
        let everybody = set.patients.count
        var generator = SystemRandomNumberGenerator()
        for (batch, patients) in [(16, 16), (32, 32), (32, 128), (32, everybody)] {
            let speed = try PrivateTrainingSpeed.measure(
                on: set, patients: everybody, batch: batch, patientsPerStep: patients,
                repetitions: specification.kind == .cnn ? 3 : 10, using: &generator)
            print(
                String(
                    format: "%@, %d images a plain step, %d patients a private one: "
                        + "plain %.0f, private %.0f (%.0f %%), loop %.0f (%.0f %%) images a second",
                    specification.kind.rawValue, batch, patients,
                    speed.plain, speed.privately, 100 * speed.privately / speed.plain, speed.loop,
                    100 * speed.loop / speed.plain))
        }
    }
}
