/// A run of identical Poisson-sampled Gaussian releases: the normal form that both accountants price.
struct GaussianRelease: Hashable {
    let samplingRate: Double
    let noiseMultiplier: Double
    let count: Int

    /// Flattens an event into releases, refusing what is not a valid (sampled) Gaussian.
    ///
    /// A Poisson sample of several Gaussians released from the *same* sample equals one Gaussian of multiplier
    /// `(Σ count/σ²)^(-1/2)`, because the joint release is a vector query of that signal-to-noise ratio.
    /// - Throws: `PrivacyError` for σ ≤ 0 or not finite, a rate outside (0, 1], a negative or overflowing count, or a
    ///   sample of a sample (its rates could be multiplied, but nothing in this system releases one).
    static func flatten(_ event: PrivacyEvent) throws -> [GaussianRelease] {
        var releases: [GaussianRelease] = []
        try append(event, times: 1, depth: 0, to: &releases)
        return releases
    }

    /// Deeper nesting is refused: events come from other hospitals, and recursion must not be theirs to steer.
    private static let maximumDepth = 32

    private static func append(
        _ event: PrivacyEvent, times: Int, depth: Int, to releases: inout [GaussianRelease]
    ) throws {
        guard depth < maximumDepth else {
            throw PrivacyError(.unsupportedEvent, "event nested deeper than \(maximumDepth) levels; flatten it")
        }
        switch event {
        case .gaussian(let noiseMultiplier):
            try check(noiseMultiplier: noiseMultiplier)
            releases.append(.init(samplingRate: 1, noiseMultiplier: noiseMultiplier, count: times))
        case .poissonSampled(let samplingRate, let inner):
            guard samplingRate > 0, samplingRate <= 1 else {
                throw PrivacyError(.invalidParameter, "sampling rate \(samplingRate) is not in (0, 1]")
            }
            var releasesOfOneSample: [GaussianRelease] = []
            try append(inner, times: 1, depth: depth + 1, to: &releasesOfOneSample)
            guard releasesOfOneSample.allSatisfy({ $0.samplingRate == 1 }) else {
                throw PrivacyError(.unsupportedEvent, "a Poisson sample of a Poisson sample is not priced here")
            }
            let precision = releasesOfOneSample.reduce(0.0) { sum, release in
                sum + Double(release.count) / (release.noiseMultiplier * release.noiseMultiplier)
            }
            guard precision > 0 else { return }
            // A single Gaussian keeps its own multiplier, bit for bit, instead of a square root of a square.
            let only = releasesOfOneSample.count == 1 && releasesOfOneSample[0].count == 1
            let effective = only ? releasesOfOneSample[0].noiseMultiplier : (1 / precision).squareRoot()
            try check(noiseMultiplier: effective)
            releases.append(.init(samplingRate: samplingRate, noiseMultiplier: effective, count: times))
        case .selfComposed(let count, let inner):
            let (product, overflow) = times.multipliedReportingOverflow(by: count)
            guard count >= 0, !overflow else {
                throw PrivacyError(.invalidParameter, "count \(count) is negative or too large")
            }
            if product == 0 {
                // Nothing was released, but nonsense stays nonsense.
                var unused: [GaussianRelease] = []
                try append(inner, times: 1, depth: depth + 1, to: &unused)
                return
            }
            try append(inner, times: product, depth: depth + 1, to: &releases)
        case .composed(let events):
            for inner in events { try append(inner, times: times, depth: depth + 1, to: &releases) }
        }
    }

    private static func check(noiseMultiplier: Double) throws {
        guard noiseMultiplier > 0, noiseMultiplier.isFinite, (noiseMultiplier * noiseMultiplier).isNormal else {
            throw PrivacyError(
                .invalidParameter, "noise multiplier \(noiseMultiplier) is not a positive finite number")
        }
    }
}
