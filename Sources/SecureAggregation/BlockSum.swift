package import HomomorphicEncryption
internal import RingArithmetic

/// The sum of one block over any number of encrypted updates, which arrive one at a time; holds one block.
package struct BlockSum: Sendable {
    private let block: Int
    private let parameters: EncryptionParameters
    private var sum: Polynomial<CoefficientDomain>
    private var chunk: Polynomial<CoefficientDomain>
    private var isEmpty = true

    package init(block: Int, parameters: EncryptionParameters) {
        precondition((0..<parameters.blocks).contains(block), "blocks are numbered from zero")
        self.block = block
        self.parameters = parameters
        sum = Polynomial(ring: parameters.ring)
        chunk = Polynomial(ring: parameters.ring)
    }

    /// Adds the block of one more update.
    ///
    /// - Throws: `AggregationError` when the bytes are not a block of these parameters; the sum is as before.
    package mutating func add(_ bytes: [UInt8]) throws {
        guard chunk.unpack(bytes) else {
            throw PackedBlocks.malformed(index: block, what: "an encrypted update", parameters: parameters)
        }
        sum += chunk
        isEmpty = false
    }

    /// The packed sum.
    ///
    /// - Throws: `AggregationError` when nothing was added.
    package func packed() throws -> [UInt8] {
        guard !isEmpty else {
            throw AggregationError(.malformed, "a sum of no updates was asked for")
        }
        return sum.packed()
    }
}
