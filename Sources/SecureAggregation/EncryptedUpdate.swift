package import HomomorphicEncryption
internal import RingArithmetic

/// One hospital's encrypted update: packed blocks, each one chunk of its blob.
package struct EncryptedUpdate: Sendable, Hashable {
    /// 47-bit residues of each block, rows by prime.
    package let blocks: [[UInt8]]

    /// - Throws: `AggregationError` when there are too many or too few blocks, one has a wrong length or a residue is
    ///   not below its prime.
    package init(blocks: [[UInt8]], parameters: EncryptionParameters) throws {
        try PackedBlocks.check(blocks, what: "an encrypted update", parameters: parameters)
        self.blocks = blocks
    }

    init(_ polynomials: [Polynomial<CoefficientDomain>]) {
        blocks = polynomials.map { $0.packed() }
    }

    /// True when the bytes are one block of these parameters.
    package static func isWellFormed(block: [UInt8], parameters: EncryptionParameters) -> Bool {
        Polynomial<CoefficientDomain>(packed: block, ring: parameters.ring) != nil
    }
}
