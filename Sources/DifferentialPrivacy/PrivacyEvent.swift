/// What was released, independent of what it costs: the record a ledger keeps and an accountant prices.
///
/// The cases are frozen: an accountant prices each one or refuses it, never skips it. Adjacency is add/remove of one
/// unit (one patient); sensitivity is one clip norm, so a noise multiplier is the ratio of the noise's standard
/// deviation to the clip norm.
@frozen
package indirect enum PrivacyEvent: Sendable, Hashable, Codable {
    /// One release of an L2-clipped sum with Gaussian noise of `noiseMultiplier` clip norms, `noiseMultiplier > 0`.
    case gaussian(noiseMultiplier: Double)
    /// The inner event run on a Poisson sample: each unit enters independently with `samplingRate` in (0, 1].
    case poissonSampled(samplingRate: Double, PrivacyEvent)
    /// The inner event run `count >= 0` times, adaptively.
    case selfComposed(count: Int, PrivacyEvent)
    /// All the inner events, adaptively.
    case composed([PrivacyEvent])
}
