import Foundation

/// Gaussian tail functions that keep relative accuracy far into the tail.
enum NormalTail {
    /// `log erfc(x)`: the logarithm of the complementary error function, finite for every finite `x`.
    ///
    /// Beyond `x = 20` the asymptotic series `e^(-x²)/(x√π)·Σ (-1)^k (2k-1)!!/(2x²)^k` is used; eight terms leave a
    /// relative error below 1e-15 there.
    static func logErfc(_ x: Double) -> Double {
        if x < 20 { return log(erfc(x)) }
        let inverse = 1 / (2 * x * x)
        var term = 1.0
        var sum = 1.0
        for k in 1...8 {
            term *= -Double(2 * k - 1) * inverse
            sum += term
        }
        return -x * x - log(x) - 0.5 * log(Double.pi) + log(sum)
    }

    /// `log Φ(x)` of the standard normal distribution function Φ.
    static func logDistribution(_ x: Double) -> Double {
        logErfc(-x * 0.5.squareRoot()) - log(2.0)
    }
}
