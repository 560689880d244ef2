import Foundation

/// Rényi differential privacy accountant for (Poisson-sampled) Gaussian releases under add/remove adjacency.
///
/// The order grid, the series and the conversion are those of dp_accounting 0.6.0, so that anybody can check a figure
/// with that library. Rényi bounds: Mironov 2017, "Rényi differential privacy", and Mironov, Talwar and Zhang 2019,
/// arXiv 1908.10530, section 3.3. Conversion: Canonne, Kamath and Steinke 2020, arXiv 2004.00010, proposition 12.
package struct RDPAccountant: PrivacyAccountant {
    /// Rényi orders tried: 1.1, 1.2 … 10.9, then 11 … 63, then 128, 256, 512, 1024.
    package static let orders: [Double] = {
        let fractional: [Double] = (1..<100).map { 1 + Double($0) / 10 }
        let integral: [Double] = (11..<64).map(Double.init)
        return fractional + integral + [128, 256, 512, 1024]
    }()

    package var name: String { "RDP (Rényi)" }

    /// The Rényi divergence bound at each order; infinite where the series was given up.
    package private(set) var divergences: [Double]

    /// Divergences of one release, kept because a training run repeats one (rate, multiplier) many times.
    private var known: [PrivacyRelease.Mechanism: [Double]] = [:]

    package init() {
        divergences = Array(repeating: 0, count: Self.orders.count)
    }

    package mutating func compose(_ event: PrivacyEvent) throws {
        for release in try PrivacyRelease.flatten(event) {
            let ofOne = known[release.mechanism] ?? Self.divergences(of: release.mechanism)
            known[release.mechanism] = ofOne
            for index in divergences.indices { divergences[index] += Double(release.count) * ofOne[index] }
        }
    }

    private static func divergences(of mechanism: PrivacyRelease.Mechanism) -> [Double] {
        switch mechanism {
        case .gaussian(let samplingRate, let noiseMultiplier):
            SampledGaussianDivergence(samplingRate: samplingRate, noiseMultiplier: noiseMultiplier).atOrders(orders)
        case .randomisedResponse(let flip):
            // log(p^α (1−p)^(1−α) + (1−p)^α p^(1−α))/(α − 1), the larger power taken out so that none overflows.
            orders.map { order in
                let (low, high) = (log(flip), log1p(-flip))
                let first = order * high + (1 - order) * low
                let second = order * low + (1 - order) * high
                return (first + log1p(exp(second - first))) / (order - 1)
            }
        }
    }

    package func epsilon(delta: Double) -> Double {
        epsilonAndOrder(delta: delta).epsilon
    }

    /// The smallest ε over all orders, and the order that gives it.
    ///
    /// `ε(α) = r + log(1 − 1/α) − log(δα)/(α − 1)`, or 0 where `δ² > 1 − e^(−r)` (bound through the
    /// Kullback–Leibler divergence). A divergence that came out negative is a rounding accident; dp_accounting then
    /// answers ε = 0, here that order is left out, which can only raise ε.
    package func epsilonAndOrder(delta: Double) -> (epsilon: Double, order: Double) {
        precondition(delta > 0 && delta < 1, "delta must be in (0, 1)")
        var best = (epsilon: Double.infinity, order: Self.orders[0])
        for (order, divergence) in zip(Self.orders, divergences) where divergence >= 0 {
            let epsilon =
                delta * delta + expm1(-divergence) > 0
                ? 0
                : divergence + log1p(-1 / order) - log(delta * order) / (order - 1)
            if epsilon < best.epsilon { best = (epsilon, order) }
        }
        return (max(0, best.epsilon), best.order)
    }
}
