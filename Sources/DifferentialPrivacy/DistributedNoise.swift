/// Noise that no hospital adds alone: each adds a share, and what is opened is one sum, so that patients are protected
/// by the shares of all hospitals outside of a coalition.
///
/// Shares are discrete Gaussians of thousands of grid steps. The sum of m such of parameter s is a discrete Gaussian of
/// parameter s√m, up to a factor far below 1 ± 1e-30 a coordinate (Peikert 2010, theorem 3.1), and is priced as one. A
/// coalition subtracts the shares of its members, and a hospital that is absent adds none: both are paid for before.
///
/// It holds for one linear release a round of which nothing but the sum is opened. A round that also opens sketches of
/// single updates shows each of them under its own share only; then the promise is that of `alone`.
package struct DistributedNoise: Hashable, Sendable {
    package let hospitals: Int
    /// Members of the coalition that is reckoned with, the coordinator besides.
    package let colluding: Int
    /// Hospitals that may be missing from a sum.
    package let absent: Int
    /// σ against the coalition, in clip norms.
    package let noiseMultiplier: Double

    /// - Throws: `PrivacyError` unless two hospitals at least are left over, and the multiplier is positive.
    package init(hospitals: Int, colluding: Int, absent: Int, noiseMultiplier: Double) throws {
        guard colluding >= 0, absent >= 0, hospitals - colluding - absent >= 2 else {
            throw PrivacyError(
                .invalidParameter,
                "distributed noise of \(hospitals) hospitals, \(colluding) colluding and \(absent) absent: two others "
                    + "at least must be left to hide each other")
        }
        guard noiseMultiplier > 0, noiseMultiplier.isFinite else {
            throw PrivacyError(
                .invalidParameter, "noise multiplier \(noiseMultiplier) is not a positive finite number")
        }
        self.hospitals = hospitals
        self.colluding = colluding
        self.absent = absent
        self.noiseMultiplier = noiseMultiplier
    }

    /// σ of one hospital's share, in clip norms.
    package var shareMultiplier: Double {
        noiseMultiplier / Double(hospitals - colluding - absent).squareRoot()
    }

    /// σ of an opened sum against a coalition of so many of its contributors; 0 where nobody is left.
    package func effectiveMultiplier(contributors: Int, colluding: Int) -> Double {
        shareMultiplier * Double(max(0, contributors - colluding)).squareRoot()
    }

    /// What one opened sum releases to the coalition.
    package var sumEvent: PrivacyEvent { .gaussian(noiseMultiplier: noiseMultiplier) }

    /// What one hospital's update would release if it were opened alone.
    package var alone: PrivacyEvent { .gaussian(noiseMultiplier: shareMultiplier) }
}
