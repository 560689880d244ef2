internal import HomomorphicEncryption
internal import RingArithmetic

/// The linear part of one update's sketch, accumulated block by block; holds two residues a prime and family.
package struct LinearPartAccumulation: Sendable {
    private var rows: [[UInt64]]
    private var next = 0

    package init(families: SketchFamilies) {
        rows = families.parameters.moduli.map { _ in
            [UInt64](repeating: 0, count: families.parameters.sketchCoordinates)
        }
    }

    /// Adds the block of the update that `blocks` stands at; blocks come in order.
    ///
    /// - Throws: `AggregationError` when the bytes are not a block of these parameters.
    package mutating func add(_ bytes: [UInt8], of blocks: SketchBlocks) throws {
        precondition(blocks.block == next, "blocks are added in order, each once")
        let parameters = blocks.parameters
        let polynomial = try PackedBlocks.unpacked(
            bytes, index: next, what: "an encrypted update", parameters: parameters)
        for (prime, modulus) in parameters.moduli.enumerated() {
            let field = PrimeField(modulus: modulus)
            let signed = Int64(modulus)
            let vector = LimbVector(polynomial, prime: prime)
            for (family, ternary) in blocks.families.enumerated() {
                let pair = ternary.products(with: vector)
                for (row, value) in [(2 * family, pair.constant), (2 * family + 1, pair.middle)] {
                    let residue = UInt64((value % signed + signed) % signed)
                    rows[prime][row] = field.add(rows[prime][row], residue)
                }
            }
        }
        next += 1
    }

    /// The linear part, once every block was added.
    package func linearPart(of families: SketchFamilies) -> SketchLinearPart {
        precondition(next == families.parameters.blocks, "a linear part covers every block")
        return SketchLinearPart(rows: rows)
    }
}
