import Foundation

extension SeededGenerator {
    /// Standard normal (polar method of Marsaglia).
    package mutating func normal() -> Double {
        while true {
            let a = uniform(-1, 1)
            let b = uniform(-1, 1)
            let square = a * a + b * b
            if square > 0, square < 1 { return a * (-2 * log(square) / square).squareRoot() }
        }
    }

    /// Natural logarithm of a Gamma(shape, 1) variate: Marsaglia and Tsang 2000, with the boost U^(1/shape) for
    /// shape < 1 taken in logarithms so that small shapes do not underflow to zero.
    package mutating func logGamma(shape: Double) -> Double {
        precondition(shape > 0)
        if shape < 1 {
            let boosted = logGamma(shape: shape + 1)
            return boosted + log(1 - uniform()) / shape
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            if log(1 - uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return log(d * v) }
        }
    }

    /// Shares that sum to one, Dirichlet(alpha, …, alpha).
    package mutating func dirichlet(alpha: Double, count: Int) -> [Double] {
        let logarithms = (0..<count).map { _ in logGamma(shape: alpha) }
        let largest = logarithms.max() ?? 0
        let weights = logarithms.map { exp($0 - largest) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }
}
