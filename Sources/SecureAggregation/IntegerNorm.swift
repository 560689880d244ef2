/// Exact norms of integer vectors.
package enum IntegerNorm {
    /// `Σ v²`.
    package static func squared(_ values: [Int64]) -> UInt128 {
        var total: UInt128 = 0
        for value in values {
            total += UInt128(value.magnitude) * UInt128(value.magnitude)
        }
        return total
    }
}
