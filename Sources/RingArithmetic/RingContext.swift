/// The ring `Z_Q[X]/(X^N+1)`, `Q` the product of one to three primes between 2^46 and 2^47 that are 1 modulo 2N.
package final class RingContext: Sendable {
    package let degree: Int
    /// Distinct, largest first.
    package let moduli: [UInt64]
    let transforms: [NumberTheoreticTransform]

    package init(degree: Int, moduli: [UInt64]) {
        precondition((1...3).contains(moduli.count), "a ring has one to three primes")
        precondition(zip(moduli, moduli.dropFirst()).allSatisfy { $0 > $1 }, "primes are distinct, largest first")
        self.degree = degree
        self.moduli = moduli
        transforms = moduli.map { NumberTheoreticTransform(degree: degree, modulus: $0) }
    }

    /// Bytes of one packed polynomial: 47 bits a residue.
    package var packedBytes: Int { moduli.count * packedRowBytes }

    package var packedRowBytes: Int { PackedResidues.byteCount(degree) }

    /// The smallest primitive 2N-th root of unity of each prime.
    package var roots: [UInt64] { transforms.map(\.root) }
}
