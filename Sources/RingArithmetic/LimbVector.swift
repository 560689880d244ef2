internal import CRingKernels

/// Signed integers below 2^47 in size as balanced 16-bit limbs, the form in which sign sums are fast.
package struct LimbVector: Sendable {
    package let count: Int
    let limbCount: Int
    private let limbs: [Int16]

    /// The integers `values[offset + stride·j]`, `j < count`; missing ones are zero.
    package init(_ values: [Int64], offset: Int, stride: Int, count: Int, limbCount: Int) {
        precondition((1...3).contains(limbCount) && stride > 0 && offset >= 0, "one to three limbs, a positive stride")
        var limbs = [Int16](repeating: 0, count: limbCount * count)
        if offset < values.count {
            values.withUnsafeBufferPointer { source in
                if let base = source.baseAddress {
                    cordon_split_integers(&limbs, limbCount, base + offset, source.count - offset, stride, count)
                }
            }
        }
        self.limbs = limbs
        self.count = count
        self.limbCount = limbCount
    }

    /// The centred residues of a polynomial modulo one prime.
    package init(_ polynomial: Polynomial<CoefficientDomain>, prime: Int) {
        let degree = polynomial.ring.degree
        var limbs = [Int16](repeating: 0, count: 3 * degree)
        cordon_split_residues(&limbs, polynomial.row(prime), degree, polynomial.ring.moduli[prime])
        self.limbs = limbs
        count = degree
        limbCount = 3
    }

    /// How many limbs hold every value of this size.
    package static func limbs(for magnitude: UInt64) -> Int {
        precondition(magnitude < (1 << 47) - (1 << 32), "integers are below 2^47 in size")
        return magnitude < 1 << 15 ? 1 : magnitude < (1 << 31) - (1 << 16) ? 2 : 3
    }

    func withLimb(_ limb: Int, _ body: (UnsafePointer<Int16>) -> Void) {
        limbs.withUnsafeBufferPointer { source in
            if let base = source.baseAddress {
                body(base + limb * count)
            }
        }
    }
}
