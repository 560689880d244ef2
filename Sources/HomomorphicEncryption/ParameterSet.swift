package import RingArithmetic

/// The rings the scheme runs on, each with the sketch that is opened unless another is asked for.
///
/// A degree of 16384 is not among them: with at most three primes it carries as many bits a coefficient as 8192, and
/// its shares are twice as large (Decisions/0008).
package enum ParameterSet: String, Sendable, Hashable, Codable, CaseIterable {
    case tiny
    /// Reaches `classical128` only.
    case compact
    case small
    case large

    /// The most integers a coefficient that a plan may use; what limits them in practice is the rounding.
    package static let fieldsLimit = 16
    /// Opened coefficients allowed: below, honest hospitals are excluded too often; above, hints cost security for
    /// nothing. Rows are packed by 64.
    package static let sketchCoordinateChoices = Array(stride(from: 128, through: 1024, by: 64))

    /// `N`.
    package var ringDegree: Int {
        switch self {
        case .tiny, .compact: 4096
        case .small, .large: 8192
        }
    }

    package var primes: Int {
        switch self {
        case .tiny: 1
        case .compact, .small: 2
        case .large: 3
        }
    }

    /// `log2 Q`, rounded up.
    package var modulusBits: Int { 47 * primes }

    /// Integers a coefficient where nobody asks for another number.
    package var defaultFields: Int {
        switch self {
        case .tiny: 1
        case .compact, .small: 3
        case .large: 5
        }
    }

    /// `k` where nobody asks for another: opened coefficients of products.
    package var sketchCoordinates: Int { self == .tiny ? 128 : 256 }

    /// Blocks allowed: a sketch of fewer than 256 coordinates is for updates that two blocks hold.
    package func maximumBlocks(coordinates: Int) -> Int { coordinates < 256 ? 2 : 1 << 20 }

    /// The estimate with the opened coefficients as hints, at an effective σ of 3.2. The modulus counts as 47 bits a
    /// prime: the larger modulus is the weaker one.
    package func security(coordinates: Int) -> SecurityEstimate {
        if coordinates == sketchCoordinates, let known = Self.estimates[self] { return known }
        return SecurityEstimate(ringDegree: ringDegree, logModulus: Double(modulusBits), hints: coordinates)
    }

    /// The ring over the largest primes below 2^47 that are 1 modulo 2N.
    package var ring: RingContext {
        switch self {
        case .tiny: Self.tinyRing
        case .compact: Self.compactRing
        case .small: Self.smallRing
        case .large: Self.largeRing
        }
    }

    private static let tinyRing = makeRing(.tiny)
    private static let compactRing = makeRing(.compact)
    private static let smallRing = makeRing(.small)
    private static let largeRing = makeRing(.large)

    private static let estimates = Dictionary(
        uniqueKeysWithValues: allCases.map { set in
            (
                set,
                SecurityEstimate(
                    ringDegree: set.ringDegree, logModulus: Double(set.modulusBits), hints: set.sketchCoordinates)
            )
        })

    private static func makeRing(_ set: ParameterSet) -> RingContext {
        let step = UInt64(2 * set.ringDegree)
        let moduli = PrimeSearch.largest(set.primes, below: 1 << 47, congruentToOneModulo: step)
        return RingContext(degree: set.ringDegree, moduli: moduli)
    }
}
