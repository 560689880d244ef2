internal import RingArithmetic

/// One ring a prime: any number of primes, in any order.
enum SEALRings {
    /// - Throws: `InterchangeError` when a modulus is not between 2^46 and 2^47.
    static func make(_ parameters: SEALParameters) throws -> [RingContext] {
        try parameters.moduli.map { modulus in
            guard modulus >> 46 == 1 else {
                throw InterchangeError(
                    .unsupportedParameters,
                    "modulus \(modulus) is not between 2^46 and 2^47: its objects are only read and written"
                )
            }
            return RingContext(degree: parameters.degree, moduli: [modulus])
        }
    }
}
