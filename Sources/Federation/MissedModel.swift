package import Ledger

/// A published model this hospital was away for and fetches from the coordinator.
package struct MissedModel: Sendable {
    /// Digest of the model on the ledger.
    package let digest: Digest
    package let names: [Digest]
    var requests = ChunkRequests()
    var isReading = false

    init(digest: Digest, names: [Digest]) {
        self.digest = digest
        self.names = names
    }
}
