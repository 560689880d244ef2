extension RunSummary {
    /// The final checkpoint and what replaying the ledger proved.
    package struct Ledger: Codable, Hashable, Sendable {
        /// Name of the log.
        package var origin: String
        /// Number of entries.
        package var size: Int
        /// Merkle root in hexadecimal.
        package var root: String
        /// The signed checkpoint, as text.
        package var checkpoint: String
        /// What the offline replay checked.
        package var verification: [Check]

        package init(origin: String, size: Int, root: String, checkpoint: String, verification: [Check]) {
            self.origin = origin
            self.size = size
            self.root = root
            self.checkpoint = checkpoint
            self.verification = verification
        }
    }

    /// One check of the offline replay.
    package struct Check: Codable, Hashable, Sendable {
        /// What was checked, in words.
        package var check: String
        /// Whether it held.
        package var isOk: Bool
        /// The figures behind the answer, or where it failed.
        package var detail: String

        package init(check: String, isOk: Bool, detail: String) {
            self.check = check
            self.isOk = isOk
            self.detail = detail
        }
    }
}
