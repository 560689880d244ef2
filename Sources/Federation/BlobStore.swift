package import Ledger

/// Content-addressed ciphertexts in chunks.
package protocol BlobStore: Sendable {
    /// Keeps the chunks of one ciphertext, to be found by their Merkle root.
    func put(ciphertext tree: ChunkTree) throws
}
