package import Report

/// What a finished run leaves: its summary, and where its ledger and model lie.
package struct RunOutcome: Sendable {
    /// Everything the report shows.
    package let summary: RunSummary
    /// The directory with `ledger/` and the model file.
    package let outputDirectory: String

    package init(summary: RunSummary, outputDirectory: String) {
        self.summary = summary
        self.outputDirectory = outputDirectory
    }
}
