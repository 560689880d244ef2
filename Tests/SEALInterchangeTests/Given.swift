import RingArithmetic
import SEALInterchange

/// Parameters, keys and values for these tests.
struct Given {
    let context: BFVContext
    let encoder: BatchEncoder
    let secret: BFVSecretKey
    var generator: KeyedStream

    /// `(degree, primes)` within 128 bits of the standard.
    static let sizes = [(4096, 2), (8192, 4)]

    init(degree: Int, primes: Int, plainModulus: UInt64 = 1_032_193) throws {
        let moduli = PrimeSearch.largest(primes, below: 1 << 47, congruentToOneModulo: UInt64(2 * degree))
        // SEAL takes any order: the smallest first here, to differ from ours.
        let parameters = try SEALParameters(
            scheme: .bfv, degree: degree, moduli: moduli.reversed(), plainModulus: plainModulus)
        context = try BFVContext(parameters)
        encoder = try BatchEncoder(parameters)
        generator = KeyedStream(key: [3], label: "interchange", indices: [UInt64(degree)])
        secret = BFVSecretKey(context: context, using: &generator)
    }

    /// `(factor·i + 1) mod t` in every slot.
    func values(_ factor: UInt64) -> [UInt64] {
        (0..<UInt64(context.parameters.degree)).map { (factor * $0 + 1) % context.parameters.plainModulus }
    }
}
