internal import CRingKernels

/// The negacyclic number-theoretic transform of one prime.
///
/// Output `i` is the value of the polynomial at `ψ^(2·bitreverse(i)+1)`, with `ψ` the smallest primitive 2N-th root of
/// unity, the order and root of Microsoft SEAL. Harvey, arXiv 1205.2926.
final class NumberTheoreticTransform: @unchecked Sendable {
    // Unchecked because the tables are a C pointer; they are written once, in init, and only read afterwards.
    private let tables: OpaquePointer
    let degree: Int
    let modulus: UInt64
    /// `N^-1`, and `-ψ^(N/2)·N^-1`: what turns sums over the two halves of a product's values into its coefficients 0
    /// and N/2.
    let constantFactor: UInt64
    let middleFactor: UInt64

    init(degree: Int, modulus: UInt64) {
        precondition(degree >= 64 && degree <= 1 << 15 && degree.nonzeroBitCount == 1, "the degree is a power of two")
        precondition(modulus > 1 << 46 && modulus < 1 << 47, "a modulus lies between 2^46 and 2^47")
        precondition(modulus % UInt64(2 * degree) == 1 && PrimeSearch.isPrime(modulus), "a prime 1 modulo 2N is needed")
        guard let tables = cordon_ntt_create(degree, modulus) else {
            preconditionFailure("no memory for the tables of a transform")
        }
        self.tables = tables
        self.degree = degree
        self.modulus = modulus
        let field = PrimeField(modulus: modulus)
        constantFactor = field.inverse(UInt64(degree))
        let imaginary = field.power(cordon_ntt_root(tables), UInt64(degree / 2))
        middleFactor = field.multiply(field.subtract(0, imaginary), constantFactor)
    }

    deinit {
        cordon_ntt_free(tables)
    }

    var root: UInt64 { cordon_ntt_root(tables) }

    func forward(_ row: UnsafeMutablePointer<UInt64>) {
        cordon_ntt_forward(row, tables)
    }

    func inverse(_ row: UnsafeMutablePointer<UInt64>) {
        cordon_ntt_inverse(row, tables)
    }

    func forwardPortable(_ row: UnsafeMutablePointer<UInt64>) {
        cordon_ntt_forward_portable(row, tables)
    }

    func inversePortable(_ row: UnsafeMutablePointer<UInt64>) {
        cordon_ntt_inverse_portable(row, tables)
    }
}
