package import Ledger

/// Where ledger records become durable. `append` returns only when the record survives a power cut.
package protocol LedgerBackend: Sendable {
    func append(_ record: LedgerRecord) throws
    func save(checkpoint note: String) throws
}

/// Content-addressed chunks of ciphertexts.
package protocol BlobStore: Sendable {
    func put(chunk: [UInt8]) throws
}

/// A role's own durable notes, written before it speaks.
package protocol Journal: Sendable {
    func append(_ record: JournalRecord) throws
}
