import Ethereum
package import Ledger

/// Reads a federation's entries back from the logs of its contract.
package struct ChainLedgerReader: Sendable {
    /// An entry, and the transaction that carried it.
    package struct Entry: Hashable, Sendable {
        package let record: LedgerRecord
        package let transaction: [UInt8]
    }

    private static let blocksPerQuestion: UInt64 = 5_000

    private let chain: EthereumChain
    private let deployment: LedgerDeployment

    /// - Throws: `ChainError` `.wrongChain` if the node's chain is not the deployment's.
    package init(_ deployment: LedgerDeployment, on chain: EthereumChain) throws {
        guard chain.chainIdentifier == deployment.chainIdentifier else {
            throw ChainError(
                .wrongChain,
                "\(chain.client.transport.name) is on chain \(chain.chainIdentifier); the ledger's contract is on "
                    + "\(deployment.chainIdentifier)")
        }
        self.chain = chain
        self.deployment = deployment
    }

    /// All entries up to `block`, as they were signed. Nothing is verified but that they follow each other.
    /// - Throws: `ChainError` `.divergence` where an entry is missing or is none.
    package func entries(upTo block: UInt64) throws -> [Entry] {
        let contract = try deployment.address
        var entries: [Entry] = []
        var first = deployment.block
        while first <= block {
            let last = min(first + Self.blocksPerQuestion - 1, block)
            let logs = try chain.logs(
                of: contract, topics: LedgerContractCall.appendedTopics, from: first, to: last)
            for log in logs {
                guard let entry = Self.entry(log), entry.record.index == UInt64(entries.count) else {
                    throw ChainError(
                        .divergence,
                        "the node's logs of \(deployment.contract) have no entry \(entries.count) where it is due")
                }
                entries.append(entry)
            }
            first = last + 1
        }
        return entries
    }

    private static func entry(_ log: JSONValue) -> Entry? {
        guard let topics = log["topics"]?.elements, topics.count == 2,
            let index = topics[1].data.flatMap({ ABIReader($0).integer(0) }), let data = log["data"]?.data,
            let transaction = log["transactionHash"]?.data
        else { return nil }
        let reader = ABIReader(data)
        guard let timestamp = reader.integer(0), let author = reader.integer(1),
            author <= UInt64(LedgerLimits.members),
            let payload = reader.byteString(2), let signature = reader.byteString(3)
        else { return nil }
        let record = LedgerRecord(
            index: index, timestampMilliseconds: timestamp,
            author: author == 0 ? .coordinator : .member(Int(author) - 1), payload: payload, signature: signature)
        return Entry(record: record, transaction: transaction)
    }
}
