internal import RingArithmetic

/// Exact norms of integer vectors.
package enum IntegerNorm {
    /// `Σ v²`.
    package static func squared(_ values: [Int64]) -> UInt128 {
        RealVector.sumOfSquares(values)
    }
}
