internal import HomomorphicEncryption
internal import RingArithmetic

extension SketchFamilies {
    /// The sketches of many vectors of integers in the clear, the families' polynomials drawn once for all of them.
    package func sketches(of vectors: [[Int64]]) -> [[Int64]] {
        precondition(
            vectors.allSatisfy { $0.count == parameters.dimension }, "an update has as many integers as parameters say")
        let fields = parameters.fields
        let perBlock = fields * parameters.ringDegree
        let limbs = vectors.map { LimbVector.limbs(for: $0.lazy.map(\.magnitude).max() ?? 0) }
        var results = vectors.map { _ in [Int64](repeating: 0, count: parameters.sketchCoordinates * fields) }
        var blocks = blocks()
        for block in 0..<parameters.blocks {
            blocks.advance()
            for (index, values) in vectors.enumerated() {
                for field in 0..<fields {
                    let vector = LimbVector(
                        values, offset: block * perBlock + field, stride: fields, count: parameters.ringDegree,
                        limbCount: limbs[index])
                    for (family, ternary) in blocks.families.enumerated() {
                        let pair = ternary.products(with: vector)
                        results[index][2 * family * fields + field] += pair.constant
                        results[index][(2 * family + 1) * fields + field] += pair.middle
                    }
                }
            }
        }
        return results
    }
}
