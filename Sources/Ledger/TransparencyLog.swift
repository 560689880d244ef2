/// A ledger in memory: the records, their Merkle tree and the contract's state, always in step. The coordinator appends
/// as sequencer; every hospital adopts the records it receives and so executes them again.
package struct TransparencyLog: Sendable {
    package private(set) var contract: FederationContract
    package private(set) var merkle = MerkleLog()
    package private(set) var records: [LedgerRecord] = []

    package var size: Int { records.count }

    package init(checks: ContractChecks) { contract = FederationContract(checks: checks) }

    /// Re-executes `records` from entry 0.
    /// - Throws: the `Refusal` of the first record that breaks a rule.
    package static func replay(_ records: [LedgerRecord], checks: ContractChecks) throws(Refusal) -> TransparencyLog {
        var log = TransparencyLog(checks: checks)
        for record in records { _ = try log.adopt(record) }
        return log
    }

    /// The name that checkpoints carry: `cordon/` and the federation's digest; nil before the foundation.
    package var origin: String? { contract.federationDigest.map { "cordon/\($0.hex)" } }

    /// Sequences an entry: gives it the next index and the time `at`, in milliseconds.
    /// - Throws: `Refusal`; the log is as it was.
    package mutating func append(
        author: Author, entry: LedgerEntry, signature: [UInt8], at timestampMilliseconds: UInt64
    ) throws(Refusal) -> LedgerRecord {
        try append(author: author, payload: entry.encoded, signature: signature, at: timestampMilliseconds).record
    }

    /// Sequences received bytes as they were signed, and says what they changed.
    package mutating func append(
        author: Author, payload: [UInt8], signature: [UInt8], at timestampMilliseconds: UInt64
    ) throws(Refusal) -> (record: LedgerRecord, events: [ContractEvent]) {
        let record = LedgerRecord(
            index: UInt64(records.count), timestampMilliseconds: timestampMilliseconds, author: author,
            payload: payload, signature: signature)
        return (record, try adopt(record))
    }

    /// Executes a record that the sequencer placed.
    /// - Throws: `Refusal`; the log is as it was.
    package mutating func adopt(_ record: LedgerRecord) throws(Refusal) -> [ContractEvent] {
        let events = try contract.apply(record)
        merkle.append(leafHash: record.leafHash)
        records.append(record)
        return events
    }

    /// The present checkpoint; nil before the foundation.
    package var checkpoint: Checkpoint? {
        origin.map { Checkpoint(origin: $0, size: merkle.size, root: merkle.root) }
    }

    /// The present checkpoint as a note signed by `identity`.
    /// - Throws: `LedgerError` before the foundation.
    package func checkpoint(signedBy identity: Identity) throws -> SignedNote {
        guard let checkpoint else { throw LedgerError(.malformed, "a ledger without a foundation has no checkpoint") }
        return try checkpoint.signed(by: identity)
    }

    /// The checkpoint of this replica, cosigned, if `note` is the sequencer's signed checkpoint of the same records.
    /// - Throws: `LedgerError` `.divergence` if the sequencer claims another history than this replica executed.
    package func cosignature(
        of note: SignedNote, sequencer: VerifierKey, by witness: Identity, timeSeconds: UInt64
    ) throws -> SignedNote.Line {
        let claimed = try Checkpoint(verifying: note, by: sequencer)
        guard claimed == checkpoint else {
            throw LedgerError(.divergence, "the checkpoint of size \(claimed.size) is not this replica's")
        }
        return try note.cosignature(by: witness, timeSeconds: timeSeconds)
    }
}
