package import Ledger

/// Where ledger records become durable. `append` returns only when the record survives a power cut.
package protocol LedgerBackend: Sendable {
    func append(_ record: LedgerRecord) throws
    func save(checkpoint note: String) throws
}
