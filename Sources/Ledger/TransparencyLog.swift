/// temporary
package struct TransparencyLog: Sendable {
    package private(set) var contract: FederationContract
    package private(set) var merkle = MerkleLog()
    package private(set) var records: [LedgerRecord] = []

    package init(checks: ContractChecks) { contract = FederationContract(checks: checks) }

    package var size: Int { records.count }

    package mutating func append(author: Author, entry: LedgerEntry, signature: [UInt8], at now: UInt64) throws
        -> LedgerRecord
    {
        let record = LedgerRecord(
            index: UInt64(size), timestampMilliseconds: max(now, contract.lastTimestampMilliseconds), author: author,
            payload: entry.encoded, signature: signature)
        try adopt(record)
        return record
    }

    package mutating func adopt(_ record: LedgerRecord) throws {
        _ = try contract.apply(record)
        merkle.append(leafHash: record.leafHash)
        records.append(record)
    }
}
