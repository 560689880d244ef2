extension RunSummary {
    /// Wall-clock seconds by kind of work, over the whole run.
    package struct Timing: Codable, Hashable, Sendable {
        /// Reading, decoding and dividing images.
        package var loadingSeconds: Double
        /// Training at the hospitals.
        package var trainingSeconds: Double
        /// Quantising, encrypting, dealing shares.
        package var encryptionSeconds: Double
        /// Consistency, sketch and sum openings, verdicts and block checks.
        package var openingsSeconds: Double
        /// Signing, appending, replaying, storing.
        package var ledgerSeconds: Double
        /// Evaluating models on validation and test images.
        package var evaluationSeconds: Double
        /// Training the baselines, when asked for.
        package var baselinesSeconds: Double?
        /// From start to finish.
        package var totalSeconds: Double

        package init(
            loadingSeconds: Double, trainingSeconds: Double, encryptionSeconds: Double, openingsSeconds: Double,
            ledgerSeconds: Double, evaluationSeconds: Double, baselinesSeconds: Double? = nil, totalSeconds: Double
        ) {
            self.loadingSeconds = loadingSeconds
            self.trainingSeconds = trainingSeconds
            self.encryptionSeconds = encryptionSeconds
            self.openingsSeconds = openingsSeconds
            self.ledgerSeconds = ledgerSeconds
            self.evaluationSeconds = evaluationSeconds
            self.baselinesSeconds = baselinesSeconds
            self.totalSeconds = totalSeconds
        }
    }
}
