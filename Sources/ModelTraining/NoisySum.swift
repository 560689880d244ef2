import CTorch
import DifferentialPrivacy
package import RingArithmetic

/// The Gaussian mechanism of one step in integers: bounded patient gradients on a grid, their exact sum, discrete
/// Gaussian noise. What is released is a vector of integers, so no low-order bit of a floating-point number tells of a
/// patient (Mironov 2012; Jin et al. 2021): all that follows, in floating point, is post-processing.
///
/// A patient's gradient is cut to norm C, then each coordinate toward zero on a grid of C/2^18, which makes nothing
/// longer; its length is checked again in integers. So a patient moves the sum by at most 2^18 steps. The noise has
/// σ² ≥ (σC)² + 4 in steps, which costs at most what real Gaussian noise of multiplier σ costs (`PrivacyRelease`).
package struct NoisySum: PatientSum, Sendable {
    /// C in grid steps.
    package static let sensitivity = 1 << 18
    private let clipNorm: Double
    /// The sum so far, in grid steps.
    private(set) var sum: [Int64]

    /// - Parameters:
    ///   - count: coordinates.
    ///   - clipNorm: C, the longest gradient of one patient.
    package init(count: Int, clipNorm: Double) {
        self.clipNorm = clipNorm
        sum = [Int64](repeating: 0, count: count)
    }

    /// A sum of which no patient moves more than `sensitivity` steps.
    init(clipNorm: Double, sum: [Int64]) {
        self.clipNorm = clipNorm
        self.sum = sum
    }

    /// The parameter of the noise, in grid steps, for a multiplier; 0 without noise.
    package static func deviation(noiseMultiplier: Double) -> Int {
        guard noiseMultiplier > 0 else { return 0 }
        let steps = noiseMultiplier * Double(sensitivity)
        return Int((steps * steps + 4).squareRoot().rounded(.up))
    }

    /// Adds patients' gradients, one after the other, each scaled down to norm C if it is longer. One that is not
    /// finite adds nothing.
    package mutating func add(_ gradients: [Float]) {
        precondition(gradients.count % sum.count == 0, "one value a coordinate")
        let count = sum.count
        gradients.withUnsafeBufferPointer { gradients in
            sum.withUnsafeMutableBufferPointer { sum in
                guard let first = gradients.baseAddress, let target = sum.baseAddress else { return }
                for start in stride(from: 0, to: gradients.count, by: count) {
                    cordon_add_bounded(first + start, Int64(count), clipNorm, Int64(Self.sensitivity), target)
                }
            }
        }
    }

    /// The sum with noise, in the units of a gradient.
    ///
    /// - Throws: `PrivacyError` for a multiplier beyond what is sampled, 255.
    package func released(
        noiseMultiplier: Double, using rng: inout some CryptographicGenerator
    ) throws -> [Double] {
        let unit = clipNorm / Double(Self.sensitivity)
        guard noiseMultiplier > 0 else { return sum.map { Double($0) * unit } }
        guard noiseMultiplier < 255 else {
            throw PrivacyError(
                .invalidParameter, "noise multiplier \(noiseMultiplier): up to 255 is sampled; ask for a larger ε")
        }
        // A stream keyed anew for each step: a generator of the system's would be asked for each word.
        var key = [UInt8](repeating: 0, count: 32)
        rng.fill(&key)
        var stream = KeyedStream(key: key, label: "cordon/patient-noise/v1")
        defer { stream.erase() }
        zeroise(&key)
        let noise = try DiscreteGaussian(deviation: Self.deviation(noiseMultiplier: noiseMultiplier))
            .sample(count: sum.count, using: &stream)
        return zip(sum, noise).map { Double($0 + $1) * unit }
    }
}
