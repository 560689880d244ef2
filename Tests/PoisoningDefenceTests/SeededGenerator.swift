import Foundation

/// SplitMix64 (Steele, Lea and Flood 2014): repeatable words for statistical tests.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// A standard normal deviate (Box–Muller, one of the pair).
    mutating func normal() -> Double {
        let uniform = Double((next() >> 11) + 1) * 0x1p-53
        return (-2 * log(uniform)).squareRoot() * cos(2 * .pi * Double(next() >> 11) * 0x1p-53)
    }

    /// A vector of expected squared length one.
    mutating func vector(_ dimension: Int) -> [Double] {
        let scale = 1 / Double(dimension).squareRoot()
        return (0..<dimension).map { _ in normal() * scale }
    }
}
