/// The settings of time and size of one party's transport; there are no others (Decision 0014).
package struct TransportSettings: Sendable, Hashable {
    /// A stream or transfer on which nothing has come for so long is dropped and begun anew.
    package var stallSeconds: Int
    /// The longest pause between two attempts to connect.
    package var retrySecondsMax: Int

    package init(stallSeconds: Int = 30, retrySecondsMax: Int = 30) {
        self.stallSeconds = stallSeconds
        self.retrySecondsMax = retrySecondsMax
    }

    /// Bytes of a chunk at most; a chunk holds a block of a ciphertext, or a piece of a model.
    static let chunkBytesMax = 2 << 20
    /// Chunks asked for in one request: what is lost when a transfer breaks off is asked for again.
    static let chunksPerRequestMax = 256
    /// Bytes that wait for one peer at most; what is dropped is sent again by the outbox.
    static let queuedBytesMax = 64 << 20
    /// Seconds within which a connection has shaken hands, or is closed.
    static let handshakeSeconds: Int64 = 10
    /// Connections from one address at most, besides those of members.
    static let connectionsMax = 512
}
