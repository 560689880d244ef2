package import Federation
package import ModelTraining
import SQLiteStorage

/// The model that a federation with a predecessor starts from, in a party's directory.
package struct StartingModel: Sendable {
    package static let fileName = "start.safetensors"

    private let path: String

    package init(directory: String) { path = "\(directory)/\(Self.fileName)" }

    /// The agreement's initial model: the pipeline's own, or what the predecessor left.
    ///
    /// - Returns: nil where it is the predecessor's and is not here.
    /// - Throws: `TrainingError` for a file that is no model.
    package func parameters(of agreement: Agreement, _ pipeline: TrainingPipeline) throws -> [Float]? {
        guard agreement.predecessor != nil else { return try pipeline.initialModel }
        guard Files.exists(path) else { return nil }
        let parameters = try readSafetensors(path).parameters(for: pipeline.model)
        return modelDigestOf(parameters) == agreement.initialModel ? parameters : nil
    }

    /// Keeps it durably.
    package func keep(_ parameters: [Float], specification: ModelSpecification) throws {
        let bytes = try encodeSafetensors(parameters, specification: specification, metadata: ["format": "cordon"])
        try Files.write(bytes, to: path)
    }
}
