internal import HomomorphicEncryption
internal import RingArithmetic

/// The families' polynomials of block after block, drawn once for any number of updates; holds one block.
package struct SketchBlocks: Sendable {
    let parameters: EncryptionParameters
    private var streams: [KeyedStream]
    private(set) var families: [TernaryPolynomial] = []
    /// The block that `families` are for.
    private(set) var block = -1

    init(parameters: EncryptionParameters, streams: [KeyedStream]) {
        self.parameters = parameters
        self.streams = streams
    }

    /// Draws the families of the next block.
    package mutating func advance() {
        precondition(block + 1 < parameters.blocks, "a round has no more blocks")
        block += 1
        families = streams.indices.map { TernaryPolynomial(degree: parameters.ringDegree, stream: &streams[$0]) }
    }

    /// Adds what this block's digits, `values[start..<start + N·F]` with zeros where there are none, put into a sketch.
    func add(sketchOf values: [Int64], from start: Int, limbCount: Int, to sketch: inout [Int64]) {
        let fields = parameters.fields
        for field in 0..<fields {
            let vector = LimbVector(
                values, offset: start + field, stride: fields, count: parameters.ringDegree, limbCount: limbCount)
            for (family, ternary) in families.enumerated() {
                let pair = ternary.products(with: vector)
                sketch[2 * family * fields + field] += pair.constant
                sketch[(2 * family + 1) * fields + field] += pair.middle
            }
        }
    }
}
