internal import HomomorphicEncryption
internal import RingArithmetic

/// Reading of packed ciphertext blocks.
enum PackedBlocks {
    static func unpacked(
        _ blocks: [[UInt8]], what: String, parameters: EncryptionParameters
    ) throws -> [Polynomial<CoefficientDomain>] {
        guard blocks.count == parameters.blocks else {
            throw AggregationError(.malformed, "\(what) has \(parameters.blocks) blocks, not \(blocks.count)")
        }
        return try blocks.enumerated().map { try unpacked($1, index: $0, what: what, parameters: parameters) }
    }

    static func unpacked(
        _ block: [UInt8], index: Int, what: String, parameters: EncryptionParameters
    ) throws -> Polynomial<CoefficientDomain> {
        guard let polynomial = Polynomial<CoefficientDomain>(packed: block, ring: parameters.ring) else {
            throw AggregationError(
                .malformed,
                "block \(index) of \(what) is not \(parameters.blockBytes) bytes of residues below their primes")
        }
        return polynomial
    }

    /// The polynomials of blocks that were checked when their owner was made.
    static func checked(
        _ blocks: [[UInt8]], parameters: EncryptionParameters
    ) -> [Polynomial<CoefficientDomain>] {
        precondition(blocks.count == parameters.blocks, "blocks were checked under other parameters")
        return blocks.map { block in
            guard let polynomial = Polynomial<CoefficientDomain>(packed: block, ring: parameters.ring) else {
                preconditionFailure("blocks were checked under other parameters")
            }
            return polynomial
        }
    }
}
