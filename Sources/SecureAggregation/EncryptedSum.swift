package import HomomorphicEncryption

/// The sum of encrypted updates, an encryption of the sum under the sum of their keys.
package struct EncryptedSum: Sendable, Hashable {
    package let blocks: [[UInt8]]

    /// - Throws: `AggregationError` when there is nothing to add, or a block is malformed.
    package init(_ updates: [EncryptedUpdate], parameters: EncryptionParameters) throws {
        blocks = try (0..<parameters.blocks).map { block in
            let chunks = try updates.map { update in
                guard update.blocks.count == parameters.blocks else {
                    throw AggregationError(.malformed, "an update has \(update.blocks.count) blocks")
                }
                return update.blocks[block]
            }
            return try Self.block(block, of: chunks, parameters: parameters)
        }
    }

    /// - Throws: `AggregationError` when the blocks are not an encrypted sum of these parameters.
    package init(blocks: [[UInt8]], parameters: EncryptionParameters) throws {
        try PackedBlocks.check(blocks, what: "an encrypted sum", parameters: parameters)
        self.blocks = blocks
    }

    /// One block of the sum, from that block of every update.
    ///
    /// - Throws: `AggregationError` when there is nothing to add, or a chunk is malformed.
    package static func block(
        _ block: Int, of chunks: [[UInt8]], parameters: EncryptionParameters
    ) throws -> [UInt8] {
        var sum = BlockSum(block: block, parameters: parameters)
        for chunk in chunks {
            try sum.add(chunk)
        }
        return try sum.packed()
    }
}
