import Foundation

/// The two distributions that a Poisson-sampled Gaussian release has on neighbouring data sets: without the unit
/// N(0, σ²), with it (1 − q)·N(0, σ²) + q·N(1, σ²), and the loss log(with/without) at x, which rises with x:
/// `L(x) = log(1 − q + q·e^((2x − 1)/(2σ²)))`.
///
/// Removing the unit, P is the mixture and the loss L(x); adding it, P is N(0, σ²) and the loss −L(x). Each pair
/// dominates its direction: Zhu, Dong and Wang 2022, arXiv 2106.08567, theorem 11.
struct SampledGaussianPair {
    let samplingRate: Double
    let noiseMultiplier: Double

    private var variance: Double { noiseMultiplier * noiseMultiplier }

    /// Losses outside of this range have no more than a normal tail of so many deviations, or none.
    func lossRange(_ direction: PrivacyLoss.Direction, tailDeviations: Double) -> ClosedRange<Double> {
        let far = tailDeviations * noiseMultiplier
        switch direction {
        case .removal: return loss(at: -far)...loss(at: 1 + far)
        case .addition: return -loss(at: far)...(-loss(at: -far))
        }
    }

    private func loss(at x: Double) -> Double {
        let exponent = (2 * x - 1) / (2 * variance)
        if samplingRate == 1 { return exponent }
        if exponent > 0 { return exponent + log(samplingRate + (1 - samplingRate) * exp(-exponent)) }
        return log1p(samplingRate * expm1(exponent))
    }

    /// The x at which the loss of this direction is `loss`; infinite where no x has so small or so large a one.
    func place(ofLoss loss: Double, _ direction: PrivacyLoss.Direction) -> Double {
        let rising = direction == .removal ? loss : -loss
        if samplingRate == 1 { return variance * rising + 0.5 }
        // (e^L − (1 − q))/q = 1 + (e^L − 1)/q, without cancellation at small losses.
        let ratio = expm1(rising) / samplingRate
        guard ratio > -1 else { return -.infinity }
        return variance
            * (rising > 1
                ? rising + log(samplingRate + expm1(rising)) - rising - log(samplingRate)
                : log1p(ratio)) + 0.5
    }

    /// P's mass of losses below `loss`, and the place where the loss is that.
    func masses(
        losslessThan loss: Double, _ direction: PrivacyLoss.Direction
    ) -> (p: Double, place: Double) {
        let place = place(ofLoss: loss, direction)
        switch direction {
        case .removal: return (mixture(-.infinity, place), place)
        case .addition: return (normal(place, .infinity, mean: 0), place)
        }
    }

    /// P's mass of losses above the one at `place`.
    func massAbove(_ place: Double, _ direction: PrivacyLoss.Direction) -> Double {
        switch direction {
        case .removal: mixture(place, .infinity)
        case .addition: normal(-.infinity, place, mean: 0)
        }
    }

    /// Masses under P and under Q between two places, the first being that of the smaller loss.
    func masses(between low: Double, _ high: Double, _ direction: PrivacyLoss.Direction) -> (p: Double, q: Double) {
        switch direction {
        case .removal: (mixture(low, high), normal(low, high, mean: 0))
        case .addition: (normal(high, low, mean: 0), mixture(high, low))
        }
    }

    private func mixture(_ low: Double, _ high: Double) -> Double {
        let with = normal(low, high, mean: 1)
        return samplingRate == 1 ? with : (1 - samplingRate) * normal(low, high, mean: 0) + samplingRate * with
    }

    /// Mass of N(mean, σ²) between two places, from the tail on their side, which keeps relative accuracy.
    private func normal(_ low: Double, _ high: Double, mean: Double) -> Double {
        let scale = 1 / (noiseMultiplier * 2.0.squareRoot())
        let (a, b) = ((low - mean) * scale, (high - mean) * scale)
        return max(0, a > 0 ? 0.5 * (erfc(a) - erfc(b)) : 0.5 * (erfc(-b) - erfc(-a)))
    }
}
