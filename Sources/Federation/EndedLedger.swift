package import Ledger

/// A ledger up to the end of its last round that ended, as one party has it.
package struct EndedLedger: Sendable, Hashable {
    package let federation: Digest
    package let size: UInt64
    package let root: Digest
    /// The model published last, or the one that the federation began with.
    package let model: Digest
    package let endedRounds: Int
    /// Rounds that were opened, ended or not: what a hospital may have spent privacy on.
    package let openedRounds: Int
}

extension EndedLedger {
    /// - Throws: `Refusal` of a record that the contract does not take; `FederationError(.ledger)` for an empty ledger.
    package init(_ records: [LedgerRecord], of agreement: Agreement) throws {
        var log = TransparencyLog(checks: try agreement.contractChecks)
        var ended = (size: 0, rounds: 0, model: agreement.initialModel)
        for record in records {
            _ = try log.adopt(record)
            let contract = log.contract
            if contract.endedRounds.count > ended.rounds {
                ended = (log.size, contract.endedRounds.count, contract.lastPublishedModel ?? agreement.initialModel)
            }
        }
        federation = try agreement.federation
        size = UInt64(ended.size)
        root = try log.merkle.root(size: ended.size)
        model = ended.model
        endedRounds = ended.rounds
        openedRounds = Int(log.contract.round?.number ?? 0)
    }
}
