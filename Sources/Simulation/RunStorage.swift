package import Federation

/// Where a run keeps its ledger and its chunks.
package struct RunStorage: Sendable {
    package let ledger: any LedgerBackend
    package let blobs: any BlobStore

    package init(ledger: any LedgerBackend, blobs: any BlobStore) {
        self.ledger = ledger
        self.blobs = blobs
    }
}
