package import Ledger
package import ModelTraining
package import Report

/// What a finished run leaves: its summary, and where its ledger and model lie.
package struct RunOutcome: Sendable {
    /// Everything the report shows.
    package let summary: RunSummary
    /// The directory with `ledger/` and the model file.
    package let outputDirectory: String
    /// Parameters of the model published last.
    package let model: [Float]
    package let specification: ModelSpecification
    /// The coordinator's identity: it signs the seal of what the run leaves.
    package let coordinator: Identity
    /// The final checkpoint, signed by the coordinator.
    package let checkpoint: SignedNote

    package init(
        summary: RunSummary, outputDirectory: String, model: [Float], specification: ModelSpecification,
        coordinator: Identity, checkpoint: SignedNote
    ) {
        self.summary = summary
        self.outputDirectory = outputDirectory
        self.model = model
        self.specification = specification
        self.coordinator = coordinator
        self.checkpoint = checkpoint
    }
}
