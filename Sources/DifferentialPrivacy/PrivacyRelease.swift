/// A run of identical releases: the normal form that every accountant prices.
struct PrivacyRelease: Hashable {
    enum Mechanism: Hashable {
        /// Gaussian of so many clip norms on a Poisson sample; rate 1 is the full batch.
        case gaussian(samplingRate: Double, noiseMultiplier: Double)
        case randomisedResponse(flipProbability: Double)
    }

    let mechanism: Mechanism
    let count: Int

    /// True for Gaussian noise on a full batch.
    var isFullBatch: Bool {
        if case .gaussian(samplingRate: 1, _) = mechanism { return true }
        return false
    }

    /// Flattens an event into releases, refusing what is no valid one.
    ///
    /// A Poisson sample of several Gaussians released from the *same* sample equals one Gaussian of multiplier
    /// `(Σ count/σ²)^(-1/2)`, because the joint release is a vector query of that signal-to-noise ratio.
    ///
    /// A discrete Gaussian of σ ≥ 3 grid steps is priced as the continuous one of deviation √(σ² − 4): a continuous
    /// N(0, σ² − r²), then rounded at random to the grid by a discrete Gaussian of parameter r = 2 around it, *is* a
    /// discrete Gaussian of parameter σ up to a factor within `1 ± 4·2e^(−2π²r²)` ≈ 1 ± 4e-34 a coordinate (Poisson
    /// summation; Peikert 2010, theorem 3.1), and rounding integers' noisy values is post-processing.
    /// - Throws: `PrivacyError` for σ ≤ 0 or not finite, a rate outside (0, 1], a negative or overflowing count, or a
    ///   sample of a sample or of randomised response (nothing in this system releases one).
    static func flatten(_ event: PrivacyEvent) throws -> [PrivacyRelease] {
        var releases: [PrivacyRelease] = []
        try append(event, times: 1, depth: 0, to: &releases)
        return releases
    }

    /// Deeper nesting is refused: events come from other hospitals, and recursion must not be theirs to steer.
    private static let maximumDepth = 32
    /// Variance given up to the rounding in the pricing of a discrete Gaussian: r² of `flatten`.
    private static let roundingVariance = 4.0

    private static func append(
        _ event: PrivacyEvent, times: Int, depth: Int, to releases: inout [PrivacyRelease]
    ) throws {
        guard depth < maximumDepth else {
            throw PrivacyError(.unsupportedEvent, "event nested deeper than \(maximumDepth) levels; flatten it")
        }
        switch event {
        case .gaussian(let noiseMultiplier):
            try append(noiseMultiplier: noiseMultiplier, times: times, to: &releases)
        case .discreteGaussian(let deviation, let sensitivity):
            guard (3...1 << 40).contains(deviation), (1...1 << 40).contains(sensitivity) else {
                throw PrivacyError(
                    .invalidParameter,
                    "a discrete Gaussian of deviation \(deviation) and sensitivity \(sensitivity): "
                        + "3…2^40 and 1…2^40 grid steps are priced")
            }
            let variance = Double(deviation) * Double(deviation) - roundingVariance
            try append(
                noiseMultiplier: variance.squareRoot() / Double(sensitivity), times: times, to: &releases)
        case .randomisedResponse(let flipProbability):
            guard flipProbability > 0, flipProbability <= 0.5, flipProbability.isNormal else {
                throw PrivacyError(.invalidParameter, "flip probability \(flipProbability) is not in (0, 1/2]")
            }
            releases.append(.init(mechanism: .randomisedResponse(flipProbability: flipProbability), count: times))
        case .poissonSampled(let samplingRate, let inner):
            try append(samplingRate: samplingRate, inner, times: times, depth: depth, to: &releases)
        case .selfComposed(let count, let inner):
            let (product, overflow) = times.multipliedReportingOverflow(by: count)
            guard count >= 0, !overflow else {
                throw PrivacyError(.invalidParameter, "count \(count) is negative or too large")
            }
            if product == 0 {
                // Nothing was released, but nonsense stays nonsense.
                var unused: [PrivacyRelease] = []
                try append(inner, times: 1, depth: depth + 1, to: &unused)
                return
            }
            try append(inner, times: product, depth: depth + 1, to: &releases)
        case .composed(let events):
            for inner in events { try append(inner, times: times, depth: depth + 1, to: &releases) }
        }
    }

    private static func append(
        samplingRate: Double, _ inner: PrivacyEvent, times: Int, depth: Int, to releases: inout [PrivacyRelease]
    ) throws {
        guard samplingRate > 0, samplingRate <= 1 else {
            throw PrivacyError(.invalidParameter, "sampling rate \(samplingRate) is not in (0, 1]")
        }
        var ofOneSample: [PrivacyRelease] = []
        try append(inner, times: 1, depth: depth + 1, to: &ofOneSample)
        var precision = 0.0
        var last = 0.0
        for release in ofOneSample {
            guard case .gaussian(samplingRate: 1, let noiseMultiplier) = release.mechanism else {
                throw PrivacyError(
                    .unsupportedEvent, "a Poisson sample of anything but full-batch Gaussian noise is not priced here")
            }
            precision += Double(release.count) / (noiseMultiplier * noiseMultiplier)
            last = noiseMultiplier
        }
        guard precision > 0 else { return }
        // A single Gaussian keeps its own multiplier, bit for bit, instead of a square root of a square.
        let only = ofOneSample.count == 1 && ofOneSample[0].count == 1
        let effective = only ? last : (1 / precision).squareRoot()
        try check(noiseMultiplier: effective)
        releases.append(
            .init(mechanism: .gaussian(samplingRate: samplingRate, noiseMultiplier: effective), count: times))
    }

    private static func append(noiseMultiplier: Double, times: Int, to releases: inout [PrivacyRelease]) throws {
        try check(noiseMultiplier: noiseMultiplier)
        releases.append(.init(mechanism: .gaussian(samplingRate: 1, noiseMultiplier: noiseMultiplier), count: times))
    }

    private static func check(noiseMultiplier: Double) throws {
        guard noiseMultiplier > 0, noiseMultiplier.isFinite, (noiseMultiplier * noiseMultiplier).isNormal else {
            throw PrivacyError(
                .invalidParameter, "noise multiplier \(noiseMultiplier) is not a positive finite number")
        }
    }
}
