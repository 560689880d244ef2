/// Coins of a rational chance, or of e to the minus a rational, tossed exactly with integers.
enum ExactBernoulli {
    /// True with a chance of exactly `numerator / denominator`, at most one: a uniform number is compared with it word
    /// by word until they differ, nearly always at the first.
    static func fraction(
        _ numerator: UInt64, _ denominator: UInt64, using generator: inout some RandomNumberGenerator
    ) -> Bool {
        var left = numerator
        guard left < denominator else { return true }
        while true {
            // left · 2^64 against word · denominator: a product is several times faster than the quotient's digits.
            let (high, low) = denominator.multipliedFullWidth(by: generator.next())
            guard high < left else { return false }
            let rest = 0 &- low
            if left - high > 1 || low == 0 || rest >= denominator { return true }
            left = rest
        }
    }

    /// True with a chance of exactly `e^(−numerator/denominator)`: Canonne, Kamath and Steinke 2020, algorithm 1.
    static func exponential(
        _ numerator: UInt64, _ denominator: UInt64, using generator: inout some RandomNumberGenerator
    ) -> Bool {
        var left = numerator
        while left > denominator {
            guard exponentialUpToOne(1, 1, using: &generator) else { return false }
            left -= denominator
        }
        return exponentialUpToOne(left, denominator, using: &generator)
    }

    private static func exponentialUpToOne(
        _ numerator: UInt64, _ denominator: UInt64, using generator: inout some RandomNumberGenerator
    ) -> Bool {
        var tosses: UInt64 = 1
        while Self.fraction(numerator, denominator * tosses, using: &generator) { tosses += 1 }
        return tosses & 1 == 1
    }
}
