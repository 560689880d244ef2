import Foundation
import MedicalImaging
import Testing

@testable import ModelTraining

/// Five equal hospitals, 20 rounds of 10 noisy full-batch steps: σ = 8.52 for T = 200 is ε = 8 at δ = 1e-5 for each
/// patient. The figures that the project promises, on real radiographs; skipped aloud where those are absent.
@Suite struct RealImagesTests {
    @Test func privateScatteringReachesThePromise() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("shared/datasets/kermany-cxr-224/manifest.csv").path
        guard FileManager.default.fileExists(atPath: path) else {
            print("SKIPPED: privateScatteringReachesThePromise, for there is no ../shared/datasets/kermany-cxr-224.")
            return
        }
        let images = try loadImages(from: .path(path), imageSize: 64, seed: 1) { _, _ in }
        let model = try specification(.scattering, imageSize: 64)
        let hospitals = try partition(images, hospitals: 5, heterogeneity: nil, seed: 1).map {
            try TrainingSet(images, indices: $0, specification: model, normalisation: .standard)
        }
        let test = try TrainingSet(
            images, indices: images.indices(of: .test), specification: model, normalisation: .standard)
        let privacy = PrivacyConfiguration.scattering(noiseMultiplier: 8.52, expectedPatients: 437)
        var parameters = try model.initialParameters(seed: 1)
        var generator = RepeatableGenerator(12)
        for round in 0..<20 {
            var sum = [Float](repeating: 0, count: parameters.count)
            for hospital in hospitals {
                let trained = try trainPrivately(
                    from: parameters, on: hospital, specification: model, privacy: privacy, round: round, rounds: 20,
                    using: &generator)
                for index in sum.indices { sum[index] += trained[index] / 5 }
            }
            parameters = sum
        }
        let metrics = try ClassificationMetrics(
            labels: test.labels, probabilities: predict(parameters, on: test, specification: model),
            classNames: images.classNames)
        let area = try #require(metrics.auc)
        #expect(images.classNames == ["NORMAL", "PNEUMONIA"] && test.count == 1094)
        #expect(metrics.accuracy >= 0.93, "accuracy \(metrics.accuracy)")
        #expect(area >= 0.97, "AUC \(area)")
    }
}
