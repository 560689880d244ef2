internal import CRingKernels

/// A public polynomial with coefficients 0 (½), +1 (¼) and −1 (¼).
///
/// Two bits of the stream a coefficient, lowest first: 0 and 2 mean 0, 1 means +1, 3 means −1.
package struct TernaryPolynomial: Sendable {
    package let coefficients: [Int8]
    /// The row whose dot product with `c` is the constant coefficient of the product with `c`.
    private let transposed: [Int16]

    package init(degree: Int, stream: inout KeyedStream) {
        let bytes = stream.bytes(degree / 4)
        var expanded = [Int8](repeating: 0, count: degree)
        cordon_ternary_expand(&expanded, bytes, degree)
        self.init(valid: expanded)
    }

    /// Coefficients are 0, +1 or −1 and their number a power of two.
    package init(coefficients: [Int8]) {
        precondition(coefficients.allSatisfy { (-1...1).contains($0) }, "coefficients are 0, +1 or -1")
        self.init(valid: coefficients)
    }

    private init(valid coefficients: [Int8]) {
        self.coefficients = coefficients
        var row = [Int16](repeating: 0, count: coefficients.count)
        cordon_ternary_transpose(&row, coefficients, coefficients.count)
        transposed = row
    }

    /// The polynomial in the ring.
    package func polynomial(ring: RingContext) -> Polynomial<CoefficientDomain> {
        precondition(coefficients.count == ring.degree, "one coefficient a power of X")
        var result = Polynomial<CoefficientDomain>(ring: ring)
        result.forEachRow { cordon_ternary_residues($1, coefficients, $2, $3) }
        return result
    }

    /// The coefficients 0 and N/2 of the product with the integers, in `Z[X]/(X^N+1)`.
    package func products(with integers: LimbVector) -> (constant: Int64, middle: Int64) {
        precondition(integers.count == coefficients.count, "the vector has one integer a coefficient")
        var result: (constant: Int64, middle: Int64) = (0, 0)
        for limb in (0..<integers.limbCount).reversed() {
            var sums: (Int64, Int64) = (0, 0)
            withUnsafeMutablePointer(to: &sums) { pair in
                pair.withMemoryRebound(to: Int64.self, capacity: 2) { target in
                    integers.withLimb(limb) { cordon_ternary_products(target, transposed, $0, integers.count) }
                }
            }
            result = ((result.constant &<< 16) &+ sums.0, (result.middle &<< 16) &+ sums.1)
        }
        return result
    }
}
