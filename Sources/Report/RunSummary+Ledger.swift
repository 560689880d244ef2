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
        /// The contract that executed the same entries on a chain, when there was one.
        package var chain: Chain?

        package init(origin: String, size: Int, root: String, checkpoint: String, verification: [Check]) {
            self.origin = origin
            self.size = size
            self.root = root
            self.checkpoint = checkpoint
            self.verification = verification
        }
    }

    /// A ledger's contract on an EVM chain, and what it used of the chain's gas.
    package struct Chain: Codable, Hashable, Sendable {
        package var chainIdentifier: UInt64
        /// The contract's address, `0x` and 40 hexadecimal digits.
        package var contract: String
        package var transactions: Int
        package var deploymentGas: UInt64
        /// Foundation and one-time keys.
        package var setUpGas: UInt64
        /// By round, from the first on.
        package var gasPerRound: [UInt64]

        package init(
            chainIdentifier: UInt64, contract: String, transactions: Int, deploymentGas: UInt64, setUpGas: UInt64,
            gasPerRound: [UInt64]
        ) {
            self.chainIdentifier = chainIdentifier
            self.contract = contract
            self.transactions = transactions
            self.deploymentGas = deploymentGas
            self.setUpGas = setUpGas
            self.gasPerRound = gasPerRound
        }

        /// In one sentence.
        package var statement: String {
            let mean = gasPerRound.isEmpty ? 0 : gasPerRound.reduce(0, +) / UInt64(gasPerRound.count)
            return "Chain \(chainIdentifier), contract \(contract): \(mean) gas a round (at most "
                + "\(gasPerRound.max() ?? 0)), \(setUpGas) for foundation and keys, \(deploymentGas) for the "
                + "contract; \(transactions) transactions."
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
