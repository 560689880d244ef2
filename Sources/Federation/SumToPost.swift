import HomomorphicEncryption
import Ledger
package import SecureAggregation

/// The coordinator's encrypted sum and what it opens to: the one travels by name, of the other the digests are posted.
package struct SumToPost: Sendable {
    package let encrypted: EncryptedSum
    package let opened: OpenedSum

    package init(encrypted: EncryptedSum, opened: OpenedSum) {
        self.encrypted = encrypted
        self.opened = opened
    }
}

extension [ChunkNames] {
    /// The sum of the ciphertexts of these names, block after block, one chunk at a time.
    ///
    /// - Throws: `FederationError(.missingChunk)`; the lattice layer's error when a chunk is no block.
    func encryptedSum(reading chunks: some ChunkSource, under agreement: Agreement) throws -> EncryptedSum {
        let parameters = agreement.encryption
        let blocks = try (0..<parameters.blocks).map { block in
            var sum = BlockSum(block: block, parameters: parameters)
            for names in self { try sum.add(chunks.read(names.digests[block])) }
            return try sum.packed()
        }
        return try EncryptedSum(blocks: blocks, parameters: parameters)
    }
}
