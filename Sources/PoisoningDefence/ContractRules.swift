/// The integer rules of the contract: what no honest update can do, excluded by name.
///
/// They catch wrap-around cheats, malformed ciphertexts and sharings that differ from the key used. An honest update at
/// the norm bound fails one of them with probability about 2e-8 a round (k ≥ 128, Gaussian approximation).
enum ContractRules {
    /// The first rule that a sketch breaks, in the order digits, norm, noise; nil if it keeps them all.
    static func broken(by sketch: MemberSketch, geometry: SketchGeometry) -> Exclusion? {
        digits(sketch, geometry) ?? norm(sketch, geometry) ?? noise(sketch, geometry)
    }

    /// Squared-norm and noise-energy allowances as fractions: 1.25² and 1.69 from k = 256 on, 2.15 below, where the
    /// chi-squared sums they bound spread more.
    private static func allowances(_ geometry: SketchGeometry) -> (norm: Fraction, noise: Fraction) {
        geometry.coordinates >= 256
            ? (Fraction(numerator: 25, denominator: 16), Fraction(numerator: 169, denominator: 100))
            : (Fraction(numerator: 43, denominator: 20), Fraction(numerator: 43, denominator: 20))
    }

    private struct Fraction {
        let numerator: UInt128
        let denominator: UInt128
    }

    /// `|digit| ≤ 8·B/√2`, that is `digit² ≤ 32·B²`: eight standard deviations.
    private static func digits(_ sketch: MemberSketch, _ geometry: SketchGeometry) -> Exclusion? {
        let normBound = UInt128(geometry.normBound)
        let bound = UInt64(FixedPoint.squareRoot(32 * normBound * normBound))
        let largest = sketch.digits.map(\.magnitude).max() ?? 0
        guard largest > bound else { return nil }
        return Exclusion(
            member: sketch.member, reason: .digitOutOfRange, measured: Int64(clamping: largest),
            bound: Int64(clamping: bound))
    }

    /// `2·Σ digit²/k ≤ 1.25²·B²`. Runs after `digits`, so squares are bounded and their sum has room.
    private static func norm(_ sketch: MemberSketch, _ geometry: SketchGeometry) -> Exclusion? {
        let energy = sketch.digits.reduce(UInt128(0)) { $0 + UInt128($1.magnitude) * UInt128($1.magnitude) }
        let normBound = UInt128(geometry.normBound)
        let allowance = allowances(geometry).norm
        let coordinates = UInt128(geometry.coordinates)
        let allowed = allowance.numerator * coordinates * normBound * normBound / (2 * allowance.denominator)
        guard energy > allowed else { return nil }
        return Exclusion(
            member: sketch.member, reason: .normOutOfRange,
            measured: Int64(clamping: FixedPoint.squareRootRoundedUp((2 * energy + coordinates - 1) / coordinates)),
            bound: Int64(clamping: FixedPoint.squareRoot(2 * allowed / coordinates)))
    }

    /// `Σ noise² ≤ 1.69·k·σ²·D/2`, the variance taken in millionths.
    private static func noise(_ sketch: MemberSketch, _ geometry: SketchGeometry) -> Exclusion? {
        var energy: UInt128 = 0
        for value in sketch.noise {
            let square = UInt128(value.magnitude) * UInt128(value.magnitude)
            let (sum, overflow) = energy.addingReportingOverflow(square)
            energy = overflow ? .max : sum
        }
        let allowance = allowances(geometry).noise
        let coordinates = UInt128(geometry.coordinates)
        let varianceMillionths = UInt128((geometry.errorVariance * 1e6).rounded())
        let allowed =
            allowance.numerator * coordinates * varianceMillionths * UInt128(geometry.coefficients)
            / (allowance.denominator * 2_000_000)
        guard energy > allowed else { return nil }
        return Exclusion(
            member: sketch.member, reason: .noiseOutOfRange,
            measured: Int64(clamping: FixedPoint.squareRoot(energy / coordinates) + 1),
            bound: Int64(clamping: FixedPoint.squareRoot(allowed / coordinates)))
    }
}
