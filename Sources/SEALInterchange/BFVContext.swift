internal import RingArithmetic

/// Single-key BFV over primes that the kernels take. Fan and Vercauteren, ePrint 2012/144.
///
/// Secrets and errors are centred binomial of variance 20.5 (SEAL: ternary, and variance about 10.2): each decrypts
/// what the other encrypts. Ciphertexts are born at SEAL's first data level, without the prime that serves keys alone.
package struct BFVContext: Sendable {
    package let parameters: SEALParameters
    private let allRings: [RingContext]
    private let levels: [BFVLevel]

    /// - Throws: `InterchangeError` when the scheme is not BFV, a modulus is not between 2^46 and 2^47, `t` is not
    ///   below 2^46, or the total exceeds what the Homomorphic Encryption Standard (2018) allows at 128 bits.
    package init(_ parameters: SEALParameters) throws {
        guard parameters.scheme == .bfv, parameters.plainModulus < 1 << 46 else {
            throw InterchangeError(.unsupportedParameters, "BFV with a plain modulus below 2^46 is computed here")
        }
        let bits = 47 * parameters.moduli.count
        let allowed = 27 * parameters.degree / 1024
        guard bits <= allowed else {
            throw InterchangeError(
                .unsupportedParameters,
                "\(bits) bits of modulus are too many for 128 bits of security with ring degree \(parameters.degree)")
        }
        allRings = try SEALRings.make(parameters)
        levels = (1...parameters.moduli.count).map { count in
            BFVLevel(moduli: Array(parameters.moduli.prefix(count)), plainModulus: parameters.plainModulus)
        }
        self.parameters = parameters
    }

    func rings(_ primes: Int) -> ArraySlice<RingContext> { allRings.prefix(primes) }

    func level(_ primes: Int) -> BFVLevel { levels[primes - 1] }

    /// Fresh bytes to derive streams from.
    static func key(using generator: inout some CryptographicGenerator) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: 32)
        generator.fill(&key)
        return key
    }

    func binomial(_ key: [UInt8], _ label: String, primes: Int) -> ResidueRows<CoefficientDomain> {
        var rows = ResidueRows<CoefficientDomain>(rings: rings(primes))
        rows.addCentredBinomial(KeyedStream(key: key, label: label))
        return rows
    }

    /// - Throws: `InterchangeError` when both are not of these parameters.
    func require(_ other: SEALParameters, _ what: String) throws {
        guard other == parameters else {
            throw InterchangeError(.otherParameters, "\(what) belongs to other parameters")
        }
    }
}
