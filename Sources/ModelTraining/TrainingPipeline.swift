import Foundation
package import MedicalImaging

/// Everything that makes a parameter vector mean the same at every hospital. The agreement holds it as canonical text,
/// so that a hospital trains from the agreement alone.
package struct TrainingPipeline: Codable, Hashable, Sendable {
    package let model: ModelSpecification
    package let training: TrainingConfiguration
    /// How to train under patient-level privacy; nil without.
    package let privateTraining: PrivacyConfiguration?
    package let normalisation: Normalisation
    /// Class names in the order of the labels.
    package let classes: [String]
    /// Digest of how files became samples, in hexadecimal.
    package let preprocessing: String
    /// Public seed of the initial model.
    package let initialSeed: UInt64

    /// - Throws: `TrainingError` unless there is a name for each class and the settings are sound.
    package init(
        model: ModelSpecification, training: TrainingConfiguration, privateTraining: PrivacyConfiguration?,
        normalisation: Normalisation = .standard, classes: [String], preprocessing: String, initialSeed: UInt64
    ) throws {
        guard classes.count == model.classCount, Set(classes).count == classes.count else {
            throw TrainingError(
                .invalidConfiguration,
                "\(classes.count) names for \(model.classCount) classes; each class needs one of its own.")
        }
        try training.check()
        try privateTraining?.check()
        self.model = model
        self.training = training
        self.privateTraining = privateTraining
        self.normalisation = normalisation
        self.classes = classes
        self.preprocessing = preprocessing
        self.initialSeed = initialSeed
    }

    /// Reads the canonical text of an agreement.
    ///
    /// - Throws: `TrainingError` with code `invalidConfiguration` for a text that is not the canonical one.
    package init(canonicalText text: String) throws {
        let decoded: TrainingPipeline
        do {
            decoded = try JSONDecoder().decode(TrainingPipeline.self, from: Data(text.utf8))
        } catch let error as TrainingError {
            throw error
        } catch {
            throw TrainingError(
                .invalidConfiguration, "The pipeline of the agreement is none that this version of Cordon knows.")
        }
        try self.init(
            model: decoded.model, training: decoded.training, privateTraining: decoded.privateTraining,
            normalisation: decoded.normalisation, classes: decoded.classes, preprocessing: decoded.preprocessing,
            initialSeed: decoded.initialSeed)
        guard try canonicalText == text else {
            throw TrainingError(
                .invalidConfiguration, "The pipeline of the agreement holds more than this version of Cordon knows.")
        }
    }

    /// JSON with sorted keys: equal pipelines have equal texts.
    package var canonicalText: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// The model that training begins with. Same seed, same bytes.
    package var initialModel: [Float] {
        get throws { try model.initialParameters(seed: initialSeed) }
    }
}
