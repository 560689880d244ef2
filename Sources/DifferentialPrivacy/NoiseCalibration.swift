/// The smallest noise multiplier σ whose ε at `steps` steps stays within `epsilon`.
///
/// Full batches (`samplingRate == 1`) are priced exactly (`GaussianAccountant`), sampled ones by `PLDAccountant`.
/// Bisection: the σ returned always meets the target, and `σ − tolerance` does not.
/// - Parameters:
///   - epsilon: target, positive. delta: in (0, 1). samplingRate: in (0, 1]. steps: positive.
///   - tolerance: how far above the crossing σ may lie, positive, in units of σ.
/// - Throws: `PrivacyError` for nonsense, or if no σ up to 10^6 reaches the target.
package func calibratedNoiseMultiplier(
    epsilon: Double, delta: Double, samplingRate: Double, steps: Int, tolerance: Double = 1e-4
) throws -> Double {
    guard epsilon > 0, epsilon.isFinite else {
        throw PrivacyError(.invalidParameter, "epsilon \(epsilon) is not a positive finite number")
    }
    guard delta > 0, delta < 1 else { throw PrivacyError(.invalidParameter, "delta \(delta) is not in (0, 1)") }
    guard samplingRate > 0, samplingRate <= 1 else {
        throw PrivacyError(.invalidParameter, "sampling rate \(samplingRate) is not in (0, 1]")
    }
    guard steps > 0 else { throw PrivacyError(.invalidParameter, "\(steps) steps: at least one is needed") }
    guard tolerance > 0, tolerance.isFinite else {
        throw PrivacyError(.invalidParameter, "tolerance \(tolerance) is not a positive finite number")
    }

    func meetsTarget(_ noiseMultiplier: Double) throws -> Bool {
        let release = PrivacyEvent.gaussian(noiseMultiplier: noiseMultiplier)
        let event = PrivacyEvent.selfComposed(
            count: steps, samplingRate == 1 ? release : .poissonSampled(samplingRate: samplingRate, release))
        return try tightestAccountant(for: [event]).epsilon(delta: delta) <= epsilon
    }

    var (low, high) = (0.0, 1.0)
    while try !meetsTarget(high) {
        low = high
        high *= 2
        guard high <= 1e6 else {
            throw PrivacyError(
                .unreachableTarget, "no noise multiplier up to 1e6 gives epsilon \(epsilon) at delta \(delta)")
        }
    }
    while high - low > tolerance {
        let middle = low + (high - low) / 2
        guard middle > low, middle < high else { break }
        if try meetsTarget(middle) { high = middle } else { low = middle }
    }
    return high
}
