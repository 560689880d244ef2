import Foundation

/// Rényi divergence of one Poisson-sampled Gaussian release from the same release on an adjacent data set.
///
/// `D(α) = log A(α) / (α − 1)`, `A(α) = E_{z∼N(0,σ²)} [((1 − q) + q·e^((2z−1)/(2σ²)))^α]`; for q = 1 it is `α/(2σ²)`.
/// Source: Mironov, Talwar and Zhang 2019, arXiv 1908.10530, section 3.3.
struct SampledGaussianDivergence {
    let samplingRate: Double
    let noiseMultiplier: Double

    /// The fractional series is given up after this many terms, as dp_accounting 0.6.0 does: the order is then left
    /// out (infinite), which keeps ε an upper bound.
    static let maximumTerms = 1000

    func atOrders(_ orders: [Double]) -> [Double] {
        orders.map { order in
            if samplingRate == 1 { return order / (2 * noiseMultiplier * noiseMultiplier) }
            let logMoment = order == order.rounded() ? logMomentInteger(Int(order)) : logMomentFractional(order)
            return logMoment / (order - 1)
        }
    }

    /// `log Σ_i C(α,i) q^i (1−q)^(α−i) e^((i²−i)/(2σ²))` for an integer order.
    private func logMomentInteger(_ order: Int) -> Double {
        let logRate = log(samplingRate)
        let logComplement = log1p(-samplingRate)
        var sum = -Double.infinity
        for i in 0...order {
            let term =
                logBinomial(Double(order), Double(i)) + Double(i) * logRate + Double(order - i) * logComplement
            sum = logAdd(sum, term + growth(Double(i)))
        }
        return sum
    }

    /// Two series, split at the point where both mixture parts weigh the same; every term enters with its absolute
    /// value, which bounds the alternating series from above.
    private func logMomentFractional(_ order: Double) -> Double {
        let logRate = log(samplingRate)
        let logComplement = log1p(-samplingRate)
        let split = noiseMultiplier * noiseMultiplier * log(1 / samplingRate - 1) + 0.5
        let scale = 2.0.squareRoot() * noiseMultiplier
        var (below, above) = (-Double.infinity, -Double.infinity)
        var (lastBelow, lastAbove) = (-Double.infinity, -Double.infinity)
        for term in 0..<Self.maximumTerms {
            let i = Double(term)
            let j = order - i
            let logCoefficient = logBinomial(order, i)
            let tailBelow = log(0.5) + NormalTail.logErfc((i - split) / scale)
            let tailAbove = log(0.5) + NormalTail.logErfc((split - j) / scale)
            let termBelow = logCoefficient + i * logRate + j * logComplement + growth(i) + tailBelow
            let termAbove = logCoefficient + j * logRate + i * logComplement + growth(j) + tailAbove
            below = logAdd(below, termBelow)
            above = logAdd(above, termAbove)
            let total = logAdd(below, above)
            if termBelow < lastBelow, termAbove < lastAbove, max(termBelow, termAbove) < total - 30 { return total }
            (lastBelow, lastAbove) = (termBelow, termAbove)
        }
        return .infinity
    }

    private func growth(_ i: Double) -> Double {
        (i * i - i) / (2 * noiseMultiplier * noiseMultiplier)
    }

    /// `log |C(n, k)|` for real `n`.
    private func logBinomial(_ n: Double, _ k: Double) -> Double {
        logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
    }

    private func logGamma(_ x: Double) -> Double {
        // The plain function keeps the sign in a global variable, which concurrent callers would race for.
        var sign: Int32 = 0
        return lgamma_r(x, &sign)
    }

    /// `log(e^x + e^y)`.
    private func logAdd(_ x: Double, _ y: Double) -> Double {
        let (small, large) = (min(x, y), max(x, y))
        return small == -.infinity ? large : large + log1p(exp(small - large))
    }
}
