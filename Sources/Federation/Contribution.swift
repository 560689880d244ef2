package import Ledger

/// The only form in which an update travels: commitment, ciphertext chunks and sealed key shares.
package struct Contribution: Sendable, Hashable {
    package let commitment: Commitment
    package let chunks: [[UInt8]]
    package let sealedShares: [SealedShare]

    package init(commitment: Commitment, chunks: [[UInt8]], sealedShares: [SealedShare]) {
        self.commitment = commitment
        self.chunks = chunks
        self.sealedShares = sealedShares
    }
}
