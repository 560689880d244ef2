import HomomorphicEncryption
import SecureAggregation

/// Opens an encrypted sum block after block, so that the integers of a large model are never held at once.
struct DecryptedBlocks {
    let parameters: EncryptionParameters
    let polynomials: PublicPolynomials
    let families: SketchFamilies
    let contributors: Int
    let base: [Float]
    let clipNorm: Double

    struct Outcome {
        /// `base` plus the mean of the contributions.
        var candidate: [Float]
        let sketch: [Int64]
        /// Of all digits, padding included.
        let digest: [UInt8]
    }

    /// - Parameter block: gives the packed blocks of the encrypted sum by index, in order.
    /// - Throws: `AggregationError` when the key does not open the sum; what `block` throws.
    func outcome(of block: (Int) throws -> [UInt8], with key: KeySum) throws -> Outcome {
        var opening = try SumOpening(
            key: key, polynomials: polynomials, contributors: contributors, parameters: parameters)
        var sketch = SketchAccumulation(families: families)
        var candidate = base
        var next = 0
        for index in 0..<parameters.blocks {
            let digits = try opening.open(block(index))
            sketch.add(digits)
            addDequantised(
                digits, to: &candidate, from: next, clipNorm: clipNorm, normBound: parameters.normBound,
                divisor: Double(contributors))
            next += digits.count
        }
        return Outcome(candidate: candidate, sketch: sketch.sketch, digest: try opening.digest())
    }
}
