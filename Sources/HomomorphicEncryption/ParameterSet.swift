package import RingArithmetic

/// The rings the scheme runs on, each with the sketch that its security was estimated for.
package enum ParameterSet: String, Sendable, Hashable, Codable, CaseIterable {
    case tiny
    case small
    case large

    /// `N`.
    package var ringDegree: Int { self == .tiny ? 4096 : 8192 }

    package var primes: Int {
        switch self {
        case .tiny: 1
        case .small: 2
        case .large: 3
        }
    }

    /// The most integers a coefficient carries.
    package var maximumFields: Int {
        switch self {
        case .tiny: 1
        case .small: 3
        case .large: 5
        }
    }

    /// `k`, opened coefficients of products.
    package var sketchCoordinates: Int { self == .tiny ? 128 : 256 }

    /// `R = k/2`: two coefficients, 0 and N/2, of each family's product are opened.
    package var sketchFamilies: Int { sketchCoordinates / 2 }

    /// Blocks allowed: the coarser sketch of `tiny` is for updates that two of its blocks hold.
    package var maximumBlocks: Int { self == .tiny ? 2 : 1 << 20 }

    /// The estimate with `k` hints at an effective σ of 3.2.
    package var security: SecurityEstimate {
        switch self {
        case .tiny: Self.tinySecurity
        case .small: Self.smallSecurity
        case .large: Self.largeSecurity
        }
    }

    /// Bits of security with `k` hints at an effective σ of 3.2.
    package var securityBits: (classical: Int, quantum: Int) { (security.classicalBits, security.quantumBits) }

    /// The ring over the largest primes below 2^47 that are 1 modulo 2N.
    package var ring: RingContext {
        switch self {
        case .tiny: Self.tinyRing
        case .small: Self.smallRing
        case .large: Self.largeRing
        }
    }

    private static let tinyRing = makeRing(.tiny)
    private static let smallRing = makeRing(.small)
    private static let largeRing = makeRing(.large)

    private static let tinySecurity = makeEstimate(.tiny)
    private static let smallSecurity = makeEstimate(.small)
    private static let largeSecurity = makeEstimate(.large)

    /// Primes lie below 2^47: the larger modulus is the weaker one.
    private static func makeEstimate(_ set: ParameterSet) -> SecurityEstimate {
        SecurityEstimate(
            ringDegree: set.ringDegree, logModulus: Double(47 * set.primes), hints: set.sketchCoordinates)
    }

    private static func makeRing(_ set: ParameterSet) -> RingContext {
        let step = UInt64(2 * set.ringDegree)
        let moduli = PrimeSearch.largest(set.primes, below: 1 << 47, congruentToOneModulo: step)
        return RingContext(degree: set.ringDegree, moduli: moduli)
    }
}
