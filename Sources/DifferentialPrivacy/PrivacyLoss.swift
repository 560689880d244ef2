import Foundation

/// The privacy loss of one release on a grid, never more private than the release itself.
///
/// Between neighbouring grid points the probability m under P and m′ under Q of the losses there is split over the two
/// points so that both are kept: the hockey-stick curve becomes the chords of the true one, the tightest on a grid
/// ("connect the dots": Doroshenko, Ghazi, Kamath, Kumar and Manurangsi 2022, arXiv 2207.04380). Masses come from
/// differences of tails over each interval, not from second differences of δ(ε), which would cancel.
struct PrivacyLoss {
    /// Which of two neighbouring data sets the view comes from, the other being the one without (or with) the unit.
    enum Direction: CaseIterable { case removal, addition }

    /// Distance of grid points, in units of ε.
    let spacing: Double
    /// Grid index of `masses[0]`: its loss is `first · spacing`.
    let first: Int
    private(set) var masses: [Double]
    /// Probability counted as an infinite loss.
    private(set) var infinite = 0.0

    /// - Parameter tailDeviations: normal tails beyond so many deviations are not spread out: lost above, lifted below.
    init(_ mechanism: PrivacyRelease.Mechanism, _ direction: Direction, spacing: Double, tailDeviations: Double) {
        self.spacing = spacing
        switch mechanism {
        case .randomisedResponse(let flip):
            let loss = log1p(-flip) - log(flip)
            first = Int((-loss / spacing).rounded(.down))
            let last = Int((loss / spacing).rounded(.down)) + 1
            masses = [Double](repeating: 0, count: last - first + 1)
            split(flip, 1 - flip, over: 0)
            split(1 - flip, flip, over: last - 1 - first)
        case .gaussian(let samplingRate, let noiseMultiplier):
            let pair = SampledGaussianPair(samplingRate: samplingRate, noiseMultiplier: noiseMultiplier)
            let range = pair.lossRange(direction, tailDeviations: tailDeviations)
            first = Int((range.lowerBound / spacing).rounded(.down))
            let last = Int((range.upperBound / spacing).rounded(.up))
            masses = [Double](repeating: 0, count: last - first + 1)
            var below = pair.masses(losslessThan: Double(first) * spacing, direction)
            // Everything below the grid, at its lowest point: more loss than there is.
            masses[0] = below.p
            for index in 0..<last - first {
                let above = pair.place(ofLoss: Double(first + index + 1) * spacing, direction)
                let (p, q) = pair.masses(between: below.place, above, direction)
                below.place = above
                split(p, q, over: index)
            }
            infinite = pair.massAbove(below.place, direction)
        }
    }

    /// Puts mass p under P, q under Q, of losses between points `index` and `index + 1` onto the two.
    private mutating func split(_ p: Double, _ q: Double, over index: Int) {
        guard p > 0 else { return }
        let scaled = q * exp(Double(first + index) * spacing)
        let upper = min(p, max(0, (p - scaled) / -expm1(-spacing)))
        masses[index + 1] += upper
        masses[index] += p - upper
    }

    /// `log Σ mass · e^(tilt·loss)`, without the infinite part.
    func logMoment(tilt: Double) -> Double {
        // The largest exponent is taken out so that none overflows.
        var largest = -Double.infinity
        let ends = [tilt * Double(first) * spacing, tilt * Double(first + masses.count - 1) * spacing]
        largest = max(ends[0], ends[1])
        var sum = 0.0
        let step = exp(tilt * spacing)
        // Powers by multiplication, restarted every 64 points: no drift, no exponential a point.
        for start in stride(from: 0, to: masses.count, by: 64) {
            var power = exp(tilt * Double(first + start) * spacing - largest)
            for index in start..<min(start + 64, masses.count) {
                sum += masses[index] * power
                power *= step
            }
        }
        return largest + log(sum)
    }
}
