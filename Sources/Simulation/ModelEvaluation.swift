import MedicalImaging
import ModelTraining
import Report

/// Evaluates models of a run on one set of images.
struct ModelEvaluation: Sendable {
    let specification: ModelSpecification
    let set: TrainingSet
    let classNames: [String]
    let clock: WorkClock

    func metrics(of model: [Float]) throws -> ClassificationMetrics {
        try clock.measure(.evaluation) {
            let probabilities = try predict(model, on: set, specification: specification)
            return try ClassificationMetrics(labels: set.labels, probabilities: probabilities, classNames: classNames)
        }
    }

    func scores(of model: [Float]) -> RunSummary.Scores? {
        guard let metrics = try? metrics(of: model) else { return nil }
        return RunSummary.Scores(accuracy: metrics.accuracy, auc: metrics.auc, f1: metrics.f1)
    }
}
