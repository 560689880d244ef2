/// `numerator/denominator < 1` to 128 binary places, to multiply secret values by without a division.
struct ScaledRatio: Sendable {
    private let high: UInt64
    private let low: UInt64

    init(_ numerator: UInt64, over denominator: UInt64) {
        precondition(numerator < denominator, "the ratio is below one")
        let (first, rest) = denominator.dividingFullWidth((numerator, 0))
        high = first
        low = denominator.dividingFullWidth((rest, 0)).quotient
    }

    /// `value·numerator/denominator` with 64 binary places, less than 2^-63 too small; the value is below 2^47.
    func times(_ value: UInt64) -> UInt128 {
        UInt128(value) * UInt128(high) + (UInt128(value) * UInt128(low)) >> 64
    }
}
