internal import CSEALCoding
internal import RingArithmetic

/// Parameters as SEAL keeps them: the last of several primes serves keys alone.
package struct SEALParameters: Sendable, Hashable {
    package let scheme: SEALScheme
    /// `N`.
    package let degree: Int
    /// Of keys, in SEAL's order.
    package let moduli: [UInt64]
    /// `t`; zero for CKKS.
    package let plainModulus: UInt64

    /// - Throws: `InterchangeError` unless `N` is a power of two from 1024 to 32768, the moduli are at most 60 distinct
    ///   primes of at most 60 bits that are 1 modulo 2N, and `t` is below 2^60 and coprime to them (BFV), or 0 (CKKS).
    package init(scheme: SEALScheme, degree: Int, moduli: [UInt64], plainModulus: UInt64) throws {
        func refuse(_ what: String) -> InterchangeError { InterchangeError(.unsupportedParameters, what) }
        guard (1024...32768).contains(degree), degree.nonzeroBitCount == 1 else {
            throw refuse("ring degree \(degree) is not a power of two from 1024 to 32768")
        }
        guard (1...60).contains(moduli.count), Set(moduli).count == moduli.count else {
            throw refuse("\(moduli.count) moduli were given; one to sixty distinct primes are taken")
        }
        for modulus in moduli {
            guard modulus < 1 << 60, modulus % UInt64(2 * degree) == 1, PrimeSearch.isPrime(modulus) else {
                throw refuse("modulus \(modulus) is not a prime below 2^60 that is 1 modulo \(2 * degree)")
            }
        }
        let isInScheme = scheme == .ckks ? plainModulus == 0 : (2..<1 << 60).contains(plainModulus)
        guard isInScheme, !moduli.contains(where: { plainModulus > 0 && plainModulus % $0 == 0 }) else {
            throw refuse("plain modulus \(plainModulus): BFV takes 2 to 2^60, coprime to the moduli, and CKKS takes 0")
        }
        self.scheme = scheme
        self.degree = degree
        self.moduli = moduli
        self.plainModulus = plainModulus
    }

    /// How many primes a fresh ciphertext has.
    package var dataPrimes: Int { max(1, moduli.count - 1) }

    /// BLAKE2b-256 of the words scheme, N, the first `primes` moduli, t.
    package func identifier(primes: Int) -> [UInt8] {
        precondition((1...moduli.count).contains(primes), "a level has between one and all primes")
        var writer = ByteWriter()
        writer.append([UInt64(scheme.rawValue), UInt64(degree)] + moduli.prefix(primes) + [plainModulus])
        var digest = [UInt8](repeating: 0, count: 32)
        let status = cordon_blake2b_256(&digest, writer.bytes, writer.bytes.count)
        precondition(status == Int32(CORDON_CODING_OK), "BLAKE2b takes every input")
        return digest
    }

    /// The number of primes of the level with this identifier; nil for those of other parameters.
    package func primes(ofLevel identifier: [UInt8]) -> Int? {
        (1...moduli.count).first { self.identifier(primes: $0) == identifier }
    }
}
