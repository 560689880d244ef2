import Ledger

/// A suspicion that the latest verdict names and this hospital has not: it was away, and fetches the chunk.
struct MissedSuspicion: Sendable {
    let name: Digest
    var requests = ChunkRequests()
    var isReading = false
}
