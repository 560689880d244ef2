internal import HomomorphicEncryption
internal import RingArithmetic

/// Reading of packed ciphertext blocks.
enum PackedBlocks {
    static func unpacked(
        _ block: [UInt8], index: Int, what: String, parameters: EncryptionParameters
    ) throws -> Polynomial<CoefficientDomain> {
        guard let polynomial = Polynomial<CoefficientDomain>(packed: block, ring: parameters.ring) else {
            throw malformed(index: index, what: what, parameters: parameters)
        }
        return polynomial
    }

    static func malformed(index: Int, what: String, parameters: EncryptionParameters) -> AggregationError {
        AggregationError(
            .malformed, "block \(index) of \(what) is not \(parameters.blockBytes) bytes of residues below their primes"
        )
    }

    /// Refuses what is not blocks of these parameters; holds one block at a time.
    static func check(_ blocks: [[UInt8]], what: String, parameters: EncryptionParameters) throws {
        guard blocks.count == parameters.blocks else {
            throw AggregationError(.malformed, "\(what) has \(parameters.blocks) blocks, not \(blocks.count)")
        }
        var polynomial = Polynomial<CoefficientDomain>(ring: parameters.ring)
        for (index, block) in blocks.enumerated() where !polynomial.unpack(block) {
            throw malformed(index: index, what: what, parameters: parameters)
        }
    }
}
