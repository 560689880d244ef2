extension RunSummary {
    /// A test image with the model's answer. Only its index is kept: no file name, no patient.
    package struct Example: Codable, Hashable, Sendable {
        /// Index in the test split.
        package var index: Int
        /// The image as PNG, Base64.
        package var pngBase64: String
        /// True class, an index into `classNames`.
        package var truth: Int
        /// Answered class.
        package var predicted: Int
        /// Probability that the model gives to its answer.
        package var probability: Double

        package init(index: Int, pngBase64: String, truth: Int, predicted: Int, probability: Double) {
            self.index = index
            self.pngBase64 = pngBase64
            self.truth = truth
            self.predicted = predicted
            self.probability = probability
        }
    }
}
