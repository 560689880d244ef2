internal import HomomorphicEncryption
internal import RingArithmetic

extension SketchFamilies {
    /// The sketches of many vectors of integers in the clear, the families' polynomials drawn once for all of them.
    package func sketches(of vectors: [[Int64]]) -> [[Int64]] {
        precondition(
            vectors.allSatisfy { $0.count == parameters.dimension }, "an update has as many integers as parameters say")
        let limbs = vectors.map { LimbVector.limbs(for: $0.lazy.map(\.magnitude).max() ?? 0) }
        var results = vectors.map { _ in
            [Int64](repeating: 0, count: parameters.sketchCoordinates * parameters.fields)
        }
        var blocks = blocks()
        for block in 0..<parameters.blocks {
            blocks.advance()
            let start = block * parameters.fields * parameters.ringDegree
            for (index, values) in vectors.enumerated() {
                blocks.add(sketchOf: values, from: start, limbCount: limbs[index], to: &results[index])
            }
        }
        return results
    }
}
