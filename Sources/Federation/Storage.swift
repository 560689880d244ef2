package import Ledger

/// Where ledger records become durable. `append` returns only when the record survives a power cut.
package protocol LedgerBackend: Sendable {
    func append(_ record: LedgerRecord) throws
    func save(checkpoint note: String) throws
}

/// Content-addressed ciphertexts in chunks.
package protocol BlobStore: Sendable {
    /// Keeps the chunks of one ciphertext, to be found by their Merkle root.
    func put(ciphertext chunks: [[UInt8]]) throws
}

/// A role's own durable notes, written before it speaks.
package protocol Journal: Sendable {
    func append(_ record: JournalRecord) throws
}
