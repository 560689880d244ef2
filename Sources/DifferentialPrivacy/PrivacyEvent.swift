/// What was released, independent of what it costs: the record a ledger keeps and an accountant prices.
///
/// The cases and their coding are frozen: an accountant prices each one or refuses it, never skips it. Adjacency is
/// add/remove of one unit (one patient); sensitivity is one clip norm, so a noise multiplier is the ratio of the
/// noise's standard deviation to the clip norm.
@frozen
package indirect enum PrivacyEvent: Sendable, Hashable, Codable {
    /// One release of an L2-clipped sum with Gaussian noise of `noiseMultiplier` clip norms, `noiseMultiplier > 0`.
    case gaussian(noiseMultiplier: Double)
    /// One release of an integer vector of L2 sensitivity `sensitivity`, with independent discrete Gaussian noise of
    /// parameter σ = `deviation` in each coordinate; both in steps of the grid, `deviation >= 3`, `sensitivity >= 1`.
    case discreteGaussian(deviation: Int, sensitivity: Int)
    /// One bit, told truthfully but for a chance of `flipProbability` in (0, 1/2] (Warner 1965).
    case randomisedResponse(flipProbability: Double)
    /// The inner event run on a Poisson sample: each unit enters independently with `samplingRate` in (0, 1].
    case poissonSampled(samplingRate: Double, PrivacyEvent)
    /// The inner event run `count >= 0` times, adaptively.
    case selfComposed(count: Int, PrivacyEvent)
    /// All the inner events, adaptively.
    case composed([PrivacyEvent])
}
