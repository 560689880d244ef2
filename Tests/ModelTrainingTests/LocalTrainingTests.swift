import Foundation
import MedicalImaging
import Testing

@testable import ModelTraining

@Suite struct LocalTrainingTests {
    private func train(
        _ kind: ModelKind, on set: TrainingSet, rounds: Int, seed: UInt64 = 1
    ) throws -> [Float] {
        var parameters = try set.specification.initialParameters(seed: 1)
        for round in 0..<rounds {
            parameters = try trainLocally(
                from: parameters, on: set, specification: set.specification, configuration: .defaults(for: kind),
                round: round, rounds: rounds, seed: seed)
        }
        return parameters
    }

    @Test(arguments: ModelKind.allCases) func sameSeedSameBytes(kind: ModelKind) throws {
        let set = try madeSet(kind)
        let first = try train(kind, on: set, rounds: 2)
        #expect(try train(kind, on: set, rounds: 2) == first)
        #expect(try train(kind, on: set, rounds: 2, seed: 2) != first)
    }

    /// Several hospitals on several threads get what each gets alone.
    @Test(arguments: ModelKind.allCases) func threadsDoNotDisturbEachOther(kind: ModelKind) async throws {
        let sets = try (0..<3).map { try madeSet(kind, seed: UInt64(10 + $0)) }
        let alone = try sets.map { try train(kind, on: $0, rounds: 1) }
        let together = try await withThrowingTaskGroup(of: (Int, [Float]).self) { group in
            for (index, set) in sets.enumerated() {
                group.addTask { (index, try train(kind, on: set, rounds: 1)) }
            }
            var results = [[Float]](repeating: [], count: sets.count)
            for try await (index, parameters) in group { results[index] = parameters }
            return results
        }
        #expect(together == alone)
    }

    @Test(arguments: [(ModelKind.cnn, 8), (.scattering, 10)]) func learnsSyntheticRadiographs(
        kind: ModelKind, rounds: Int
    ) throws {
        let images = try makeSyntheticRadiographs(count: 700, imageSize: 32, seed: 5)
        let model = try specification(kind, imageSize: 32)
        func prepare(_ split: Split) throws -> TrainingSet {
            try TrainingSet(images, indices: images.indices(of: split), specification: model, normalisation: .standard)
        }
        let test = try prepare(.test)
        let parameters = try train(kind, on: prepare(.train), rounds: rounds)
        let probabilities = try predict(parameters, on: test, specification: model)
        for row in probabilities { #expect(abs(row.reduce(0, +) - 1) < 1e-5) }
        let metrics = try ClassificationMetrics(
            labels: test.labels, probabilities: probabilities, classNames: images.classNames)
        let reached = try #require(metrics.auc)
        #expect(reached > 0.85, "AUC \(reached), accuracy \(metrics.accuracy)")
    }

    @Test(arguments: ModelKind.allCases) func severalClassesTrain(kind: ModelKind) throws {
        let images = try makeSyntheticRadiographs(count: 90, imageSize: 16, seed: 5)
        let samples = images.samples.enumerated().map {
            Sample(file: $1.file, label: $0 % 3, patient: $1.patient, split: $1.split)
        }
        let three = ImageSet(
            name: "three", origin: .synthetic, imageSize: 16, classNames: ["a", "b", "c"], samples: samples,
            pixels: images.pixels)
        let model = try specification(kind, classCount: 3)
        let set = try TrainingSet(
            three, indices: Array(0..<90), specification: model, normalisation: .standard)
        let trained = try train(kind, on: set, rounds: 1)
        #expect(try predict(trained, on: set, specification: model).allSatisfy { $0.count == 3 })
    }

    @Test func divergenceIsAnError() throws {
        let set = try madeSet(.cnn)
        var wild = TrainingConfiguration.defaults(for: .cnn)
        wild.learningRate = 1e30
        wild.gradientClipNorm = 1e30
        wild.localEpochs = 3
        let error = #expect(throws: TrainingError.self) {
            _ = try trainLocally(
                from: set.specification.initialParameters(seed: 1), on: set, specification: set.specification,
                configuration: wild, round: 0, rounds: 1, seed: 1)
        }
        #expect(error?.code == .diverged)
    }

    @Test func wrongInputsAreErrors() throws {
        let set = try madeSet(.scattering)
        let model = set.specification
        let start = try model.initialParameters(seed: 1)
        func code(_ body: () throws -> Void) -> TrainingError.Code? {
            #expect(throws: TrainingError.self) { try body() }?.code
        }
        #expect(code { _ = try predict([1, 2], on: set, specification: model) } == .wrongParameterCount)
        #expect(
            code {
                let other = try specification(.cnn)
                _ = try predict(other.initialParameters(seed: 1), on: set, specification: other)
            } == .wrongImages)
        #expect(
            code {
                var poisoned = start
                poisoned[3] = .nan
                _ = try predict(poisoned, on: set, specification: model)
            } == .diverged)
        #expect(
            code {
                var configuration = TrainingConfiguration.defaults(for: .scattering)
                configuration.batchSize = 0
                _ = try trainLocally(
                    from: start, on: set, specification: model, configuration: configuration, round: 0, rounds: 1,
                    seed: 1)
            } == .invalidConfiguration)
    }

    @Test func scheduleFallsFromFullToATwentieth() {
        let configuration = TrainingConfiguration.defaults(for: .cnn)
        #expect(configuration.learningRate(round: 0, rounds: 20) == 0.05)
        #expect(abs(configuration.learningRate(round: 20, rounds: 20) - 0.0025) < 1e-12)
        #expect(abs(configuration.learningRate(round: 10, rounds: 20) - 0.05 * 0.525) < 1e-12)
    }
}
