import Foundation
import Testing

@testable import ModelTraining

/// Against scikit-learn; Tests/Vectors/classification-metrics.py made the vectors.
@Suite struct MetricsTests {
    private struct Vectors: Decodable { let cases: [Case] }

    private struct Case: Decodable {
        let name: String
        let classes: Int
        let labels: [Int]
        let probabilities: [[Float]]
        let accuracy, balancedAccuracy, precision, recall, f1: Double
        let macroPrecision, macroRecall, macroF1, auc: Double
        let confusion: [[Int]]
        let roc: [[Double]]?
    }

    @Test func agreeWithScikitLearn() throws {
        let data = try Data(contentsOf: vectorsFolder().appendingPathComponent("classification-metrics.json"))
        let cases = try JSONDecoder().decode(Vectors.self, from: data).cases
        #expect(cases.count == 5)
        for one in cases {
            let metrics = try ClassificationMetrics(
                labels: one.labels, probabilities: one.probabilities, classNames: (0..<one.classes).map { "c\($0)" })
            func near(_ value: Double?, _ expected: Double) -> Bool { abs((value ?? .nan) - expected) < 1e-12 }
            #expect(near(metrics.accuracy, one.accuracy), "\(one.name)")
            #expect(near(metrics.balancedAccuracy, one.balancedAccuracy), "\(one.name)")
            #expect(near(metrics.precision, one.precision), "\(one.name)")
            #expect(near(metrics.recall, one.recall), "\(one.name)")
            #expect(near(metrics.f1, one.f1), "\(one.name)")
            #expect(near(metrics.macroPrecision, one.macroPrecision), "\(one.name)")
            #expect(near(metrics.macroRecall, one.macroRecall), "\(one.name)")
            #expect(near(metrics.macroF1, one.macroF1), "\(one.name)")
            #expect(near(metrics.auc, one.auc), "\(one.name)")
            #expect(metrics.confusion == one.confusion, "\(one.name)")
            guard let curve = one.roc else {
                #expect(metrics.roc.isEmpty)
                continue
            }
            // Points on straight lines are left out: those kept are scikit-learn's, and enclose the same area.
            let known = Set(zip(curve[0], curve[1]).map { [$0, $1] })
            for point in metrics.roc { #expect(known.contains([point.falsePositiveRate, point.truePositiveRate])) }
            let area = zip(metrics.roc, metrics.roc.dropFirst()).reduce(0.0) {
                let run = $1.1.falsePositiveRate - $1.0.falsePositiveRate
                return $0 + run * ($1.0.truePositiveRate + $1.1.truePositiveRate) / 2
            }
            #expect(near(area, one.auc), "\(one.name)")
            #expect(metrics.roc.first?.truePositiveRate == 0 && metrics.roc.last?.falsePositiveRate == 1)
        }
    }

    @Test func oneSidedSetsHaveNoArea() throws {
        let metrics = try ClassificationMetrics(
            labels: [1, 1], probabilities: [[0.2, 0.8], [0.6, 0.4]], classNames: ["a", "b"])
        #expect(metrics.auc == nil && metrics.roc.isEmpty && metrics.accuracy == 0.5 && metrics.balancedAccuracy == 0.5)
        #expect(metrics.majorityShare == 1)
        let json = try JSONEncoder().encode(metrics)
        #expect(try JSONDecoder().decode(ClassificationMetrics.self, from: json) == metrics)
    }

    @Test(
        arguments: [
            ([], []), ([0], [[0.5, 0.5], [0.5, 0.5]]), ([2], [[0.5, 0.5]]), ([0], [[Float.nan, 0.5]]), ([0], [[0.5]]),
        ] as [([Int], [[Float]])])
    func unsoundScoresAreRefused(labels: [Int], probabilities: [[Float]]) {
        let error = #expect(throws: TrainingError.self) {
            _ = try ClassificationMetrics(labels: labels, probabilities: probabilities, classNames: ["a", "b"])
        }
        #expect(error?.code == .invalidScores)
    }

    @Test func backdoorSuccessLeavesNaturalErrorsOut() {
        let (zero, one): ([Float], [Float]) = ([0.9, 0.1], [0.1, 0.9])
        let success = BackdoorSuccess(
            labels: [1, 1, 1, 1, 0], clean: [one, one, zero, one, zero], triggered: [zero, one, zero, zero, zero],
            target: 0)
        #expect(success.eligible == 4 && success.successRate == 0.75 && success.excessRate == 0.5)
    }
}
