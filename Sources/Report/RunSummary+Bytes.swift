extension RunSummary {
    /// Bytes sent over the whole run, over all parties.
    package struct Bytes: Codable, Hashable, Sendable {
        /// Encrypted updates.
        package var ciphertextBytes: Int
        /// Sealed key shares.
        package var shareBytes: Int
        /// Answers to the openings.
        package var openingBytes: Int
        /// Ledger entries and checkpoints.
        package var ledgerBytes: Int
        /// Published models to the hospitals.
        package var modelBytes: Int
        /// Everything else.
        package var otherBytes: Int
        /// The sum of the above.
        package var totalBytes: Int

        package init(
            ciphertextBytes: Int, shareBytes: Int, openingBytes: Int, ledgerBytes: Int, modelBytes: Int,
            otherBytes: Int, totalBytes: Int
        ) {
            self.ciphertextBytes = ciphertextBytes
            self.shareBytes = shareBytes
            self.openingBytes = openingBytes
            self.ledgerBytes = ledgerBytes
            self.modelBytes = modelBytes
            self.otherBytes = otherBytes
            self.totalBytes = totalBytes
        }
    }
}
