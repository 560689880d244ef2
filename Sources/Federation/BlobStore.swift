package import Ledger

/// Content-addressed chunks, durable when a call returns.
package protocol BlobStore: ChunkSource {
    func put(chunk: [UInt8]) throws
    /// Keeps the list of a ciphertext's chunks, to be found by their Merkle root.
    func put(list names: ChunkNames) throws
}
