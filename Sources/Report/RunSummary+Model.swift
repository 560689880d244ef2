extension RunSummary {
    /// The published model.
    package struct Model: Codable, Hashable, Sendable {
        /// `cnn`, `scattering` or `scattering2`.
        package var kind: String
        /// Number of trained parameters.
        package var parameterCount: Int
        /// SHA-256 in hexadecimal of the parameters, as the ledger records it.
        package var digest: String
        /// Name of the file beside the report that holds the parameters.
        package var file: String

        package init(kind: String, parameterCount: Int, digest: String, file: String) {
            self.kind = kind
            self.parameterCount = parameterCount
            self.digest = digest
            self.file = file
        }
    }
}
