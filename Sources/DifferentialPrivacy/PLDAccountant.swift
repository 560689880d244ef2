import Foundation

/// Privacy loss distribution accountant: the whole distribution of the loss is composed, so that ε is tight up to the
/// grid, for (Poisson-sampled) Gaussian noise and randomised response under add/remove adjacency.
///
/// The loss of a release is put on a grid pessimistically (`PrivacyLoss`); composition is convolution, done by one
/// Fourier transform after exponential tilting: masses are multiplied by e^(λ·loss), λ being the best Chernoff exponent
/// for δ, so that rounding is relative to δ rather than to 1, and what wraps around from below the window weighs
/// next to nothing, counting as more loss, never as less. What lies above the window is bounded by
/// Chernoff and added to δ.
/// Sources: Meiser and Mohammadi 2018; Koskela, Jälkö and Honkela 2020, arXiv 1906.03049; tilting as in Gopi, Lee and
/// Wutschitz 2021 and the saddle-point accountant of Alghamdi et al. 2022, arXiv 2208.09595.
package struct PLDAccountant: PrivacyAccountant {
    package var name: String { "PLD (privacy loss distribution, pessimistic)" }

    /// How often each mechanism ran. All full-batch Gaussian noise together is one Gaussian of precision Σ 1/σ².
    private var counts: [PrivacyRelease.Mechanism: Int] = [:]
    private var fullBatchPrecision = 0.0

    package init() {}

    package mutating func compose(_ event: PrivacyEvent) throws {
        var next = self
        for release in try PrivacyRelease.flatten(event) {
            if case .gaussian(samplingRate: 1, let noiseMultiplier) = release.mechanism {
                next.fullBatchPrecision += Double(release.count) / (noiseMultiplier * noiseMultiplier)
                continue
            }
            let (count, overflow) = next.counts[release.mechanism, default: 0].addingReportingOverflow(release.count)
            guard !overflow, count <= Self.countMax else {
                throw PrivacyError(.unsupportedEvent, "more than \(Self.countMax) releases are not priced by PLD")
            }
            next.counts[release.mechanism] = count
        }
        self = next
    }

    private static let countMax = 1 << 30

    package func epsilon(delta: Double) -> Double {
        precondition(delta > 0 && delta < 1, "delta must be in (0, 1)")
        let releases = self.releases
        guard !releases.isEmpty else { return 0 }
        return PrivacyLoss.Direction.allCases.map { direction in
            ComposedLoss(releases, direction, delta: delta).epsilon(delta: delta)
        }.max() ?? 0
    }

    private var releases: [PrivacyRelease] {
        var releases = counts.map { PrivacyRelease(mechanism: $0.key, count: $0.value) }
        if fullBatchPrecision > 0 {
            let multiplier = (1 / fullBatchPrecision).squareRoot()
            releases.append(.init(mechanism: .gaussian(samplingRate: 1, noiseMultiplier: multiplier), count: 1))
        }
        // The order of a dictionary must not decide the last digit.
        return releases.sorted { ($0.count, "\($0.mechanism)") < ($1.count, "\($1.mechanism)") }
    }
}
