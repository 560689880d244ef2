import Foundation

/// The composed privacy loss of several releases in one direction, tilted and on a window around the ε of interest.
struct ComposedLoss {
    private let spacing: Double
    /// Grid index of `tilted[0]`.
    private let first: Int
    private let tilt: Double
    /// `log E[e^(λ·loss)]` of the whole.
    private let logMoment: Double
    /// Probability of each loss, times e^(λ·loss − logMoment).
    private let tilted: [Double]
    /// Probability of an infinite loss, or of one above the window.
    private let infinite: Double
    /// Relative allowance for rounding in transforms and powers.
    private let margin: Double

    private static let coarsePoints = 8192.0
    private static let spacingMax = 1e-4
    private static let pointsMax = 1 << 21
    /// Share of δ that may be lost above the window, and tilted mass that may wrap around from below it.
    private static let (lostShare, wrapped) = (1e-7, 1e-10)
    /// Exponents tried in Chernoff bounds.
    private static let tilts: [Double] = (0...96).map { 0.02 * exp2(Double($0) / 6) }

    init(_ releases: [PrivacyRelease], _ direction: PrivacyLoss.Direction, delta: Double) {
        let total = releases.reduce(0.0) { $0 + Double($1.count) }
        // A normal tail is at most e^(−z²/2)/2: all of them together are a 10⁻⁸th of δ.
        let tailDeviations = (2 * log(1e8 * total / delta)).squareRoot()
        func losses(spacing: (PrivacyRelease.Mechanism) -> Double) -> [(PrivacyLoss, Double)] {
            releases.map {
                let loss = PrivacyLoss(
                    $0.mechanism, direction, spacing: spacing($0.mechanism), tailDeviations: tailDeviations)
                return (loss, Double($0.count))
            }
        }
        func moment(_ losses: [(PrivacyLoss, Double)], _ tilt: Double) -> Double {
            losses.reduce(0.0) { $0 + $1.1 * $1.0.logMoment(tilt: tilt) }
        }

        let coarse = losses { Self.range($0, direction, tailDeviations) / Self.coarsePoints }
        let moments = Self.tilts.map { moment(coarse, $0) }
        func best(_ probability: Double) -> (bound: Double, index: Int) {
            Self.tilts.indices.map { ((moments[$0] - log(probability)) / Self.tilts[$0], $0) }
                .min { $0.0 < $1.0 } ?? (.infinity, 0)
        }
        let centre = best(delta).index
        let highest = best(Self.lostShare * delta)
        let lowest =
            Self.tilts[..<centre].indices.map { index -> Double in
                (log(Self.wrapped) + moments[centre] - moments[index]) / (Self.tilts[centre] - Self.tilts[index])
            }.max() ?? -highest.bound
        // Tilted mass above the window would come back at its foot, enlarged: the window ends where there is none.
        let tiltedTop =
            Self.tilts[(centre + 1)...].indices.map { index -> Double in
                (moments[index] - moments[centre] - log(Self.wrapped)) / (Self.tilts[index] - Self.tilts[centre])
            }.min() ?? highest.bound
        let high = max(highest.bound, tiltedTop)
        let low = min(lowest, high - 1e-3)
        let width = high - low

        let smallest = releases.map { Self.deviation($0.mechanism) }.min() ?? 1
        spacing = max(min(Self.spacingMax, smallest / 40), width / Double(Self.pointsMax))
        tilt = Self.tilts[centre]
        let spacing = self.spacing
        let fine = losses { _ in spacing }
        logMoment = moment(fine, tilt)
        var points = 2
        while Double(points) * spacing < width + 2 * spacing { points *= 2 }
        first = Int((low / spacing).rounded(.down))
        tilted = Self.convolved(fine, tilt: tilt, points: points, first: first)
        let top = Double(first + points - 1) * spacing
        let highTilt = Self.tilts[highest.index]
        let above = exp(moment(fine, highTilt) - highTilt * top)
        infinite = above + fine.reduce(0.0) { $0 + $1.1 * $1.0.infinite }
        margin = 1e-9 + 1e-14 * total
    }

    /// The smallest ε whose δ is at most `delta`; infinite if there is none.
    func epsilon(delta: Double) -> Double {
        // From the top: with ε on the grid, δ(ε) = Σ_{loss > ε} (1 − e^(ε − loss))·p.
        guard infinite < delta else { return .infinity }
        var (above, discounted) = (0.0, 0.0)
        for index in stride(from: tilted.count - 1, through: 0, by: -1) {
            let loss = Double(first + index) * spacing
            let mass = exp(logMoment - tilt * loss) * max(0, tilted[index]) * (1 + margin)
            // Both sums relative to e^loss at this point: ε at it gives δ = above − discounted.
            if index < tilted.count - 1 { discounted *= exp(-spacing) }
            if above - discounted + infinite > delta {
                // Between this point and the next, δ is a straight line in e^ε: the root is exact.
                let tail = discounted
                guard tail > 0 else { return max(0, loss + spacing) }
                let ratio = (above + infinite - delta) / tail
                return max(0, min(loss + spacing, loss + log(max(1, ratio))))
            }
            if loss <= 0 { return 0 }
            above += mass
            discounted += mass
        }
        return max(0, Double(first) * spacing)
    }

    private static func convolved(
        _ losses: [(PrivacyLoss, Double)], tilt: Double, points: Int, first: Int
    ) -> [Double] {
        let transform = FourierTransform(count: points)
        var real: [Double] = []
        var imaginary: [Double] = []
        for (loss, count) in losses {
            var re = [Double](repeating: 0, count: points)
            var im = [Double](repeating: 0, count: points)
            let logMoment = loss.logMoment(tilt: tilt)
            for (offset, mass) in loss.masses.enumerated() where mass > 0 {
                let index = loss.first + offset
                re[index & (points - 1)] += mass * exp(tilt * Double(index) * loss.spacing - logMoment)
            }
            transform.forward(&re, &im)
            Self.raise(&re, &im, to: Int(count))
            if real.isEmpty {
                (real, imaginary) = (re, im)
            } else {
                for index in 0..<points {
                    let (a, b) = (real[index], imaginary[index])
                    real[index] = a * re[index] - b * im[index]
                    imaginary[index] = a * im[index] + b * re[index]
                }
            }
        }
        transform.inverse(&real, &imaginary)
        return (0..<points).map { real[(first + $0) & (points - 1)] }
    }

    /// Each complex number to an integer power, by squaring.
    private static func raise(_ real: inout [Double], _ imaginary: inout [Double], to power: Int) {
        real.withUnsafeMutableBufferPointer { real in
            imaginary.withUnsafeMutableBufferPointer { imaginary in
                for index in real.indices {
                    var (a, b, x, y) = (real[index], imaginary[index], 1.0, 0.0)
                    var left = power
                    while left > 0 {
                        if left & 1 == 1 { (x, y) = (x * a - y * b, x * b + y * a) }
                        (a, b) = (a * a - b * b, 2 * a * b)
                        left >>= 1
                    }
                    (real[index], imaginary[index]) = (x, y)
                }
            }
        }
    }

    private static func range(
        _ mechanism: PrivacyRelease.Mechanism, _ direction: PrivacyLoss.Direction, _ tailDeviations: Double
    ) -> Double {
        switch mechanism {
        case .randomisedResponse(let flip): return 2 * (log1p(-flip) - log(flip)) + 1e-9
        case .gaussian(let samplingRate, let noiseMultiplier):
            let range = SampledGaussianPair(samplingRate: samplingRate, noiseMultiplier: noiseMultiplier)
                .lossRange(direction, tailDeviations: tailDeviations)
            return range.upperBound - range.lowerBound
        }
    }

    /// About the standard deviation of one release's loss: the grid must resolve it.
    private static func deviation(_ mechanism: PrivacyRelease.Mechanism) -> Double {
        switch mechanism {
        case .randomisedResponse(let flip): return log1p(-flip) - log(flip) + 1e-6
        case .gaussian(let samplingRate, let noiseMultiplier):
            let exponent = 1 / (noiseMultiplier * noiseMultiplier)
            return exponent > 50
                ? 1 / noiseMultiplier : min(1 / noiseMultiplier, samplingRate * expm1(exponent).squareRoot())
        }
    }
}
