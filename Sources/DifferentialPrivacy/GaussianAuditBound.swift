import Foundation

/// The lower bound on ε that many independent trials of one distinguishing test prove, if the mechanism is Gaussian:
/// false alarms α and misses β bound μ from below by `Φ⁻¹(1 − α) − Φ⁻¹(β)` (Dong, Roth and Su 2019, arXiv 1905.02383;
/// as an audit Nasr et al. 2023, "Tight auditing of differentially private machine learning", arXiv 2302.07956).
///
/// Both rates are taken at the upper ends of exact binomial intervals (Clopper and Pearson 1934).
package struct GaussianAuditBound: Sendable, Hashable {
    package let falseAlarms: Int
    package let absent: Int
    package let misses: Int
    package let present: Int

    package init(falseAlarms: Int, absent: Int, misses: Int, present: Int) {
        precondition((0...absent).contains(falseAlarms) && (0...present).contains(misses))
        self.falseAlarms = falseAlarms
        self.absent = absent
        self.misses = misses
        self.present = present
    }

    /// The ε at `delta` that is refuted, with the chance `confidence` at least that the true one is above.
    package func epsilon(delta: Double, confidence: Double) -> Double {
        let level = (1 - confidence) / 2
        let alarm = Self.upperRate(falseAlarms, of: absent, level: level)
        let miss = Self.upperRate(misses, of: present, level: level)
        let mu = -Self.quantile(alarm) - Self.quantile(miss)
        guard mu > 1e-6 else { return 0 }
        var accountant = GaussianAccountant()
        do {
            try accountant.compose(.gaussian(noiseMultiplier: 1 / mu))
        } catch {
            preconditionFailure("1/μ is a noise multiplier: \(error)")
        }
        return accountant.epsilon(delta: delta)
    }

    /// The largest rate under which at most `count` of `total` has a chance of `level`.
    static func upperRate(_ count: Int, of total: Int, level: Double) -> Double {
        guard count < total else { return 1 }
        func chance(_ rate: Double) -> Double {
            var sign: Int32 = 0
            let n = Double(total)
            return (0...count).reduce(0.0) { sum, index in
                let k = Double(index)
                let choose = lgamma_r(n + 1, &sign) - lgamma_r(k + 1, &sign) - lgamma_r(n - k + 1, &sign)
                return sum + exp(choose + k * log(rate) + (n - k) * log1p(-rate))
            }
        }
        var (low, high) = (Double(count) / Double(total), 1.0)
        while high - low > 1e-12 {
            let middle = (low + high) / 2
            if middle > 0, middle < 1, chance(middle) > level { low = middle } else { high = middle }
        }
        return high
    }

    /// Φ⁻¹ by bisection.
    static func quantile(_ probability: Double) -> Double {
        guard probability > 0 else { return -40 }
        guard probability < 1 else { return 40 }
        var (low, high) = (-40.0, 40.0)
        while high - low > 1e-12 {
            let middle = (low + high) / 2
            if NormalTail.logDistribution(middle) < log(probability) { low = middle } else { high = middle }
        }
        return low
    }
}
