import CTorch

/// The sum of bounded patient gradients of a linear head, in integers: each image's gradient is the outer product of
/// its residuals and its features, both integers, so that a patient's norm follows from residuals and the images' inner
/// products (the ghost norm of Goodfellow 2015, arXiv 1510.01799, here exact), and the sum is one integer product.
///
/// Steps are C/2^27. A patient's norm, checked in integers, leaves room for the rounding of the whole sum to the grid
/// of `NoisySum`: rounding moves each of d coordinates by half a coarse step at most, hence the difference of two sums
/// by √d; a patient is bounded to 2^18 − √d coarse steps.
struct OuterProductSum {
    private static let fineBits = 9
    private let features: IntegerFeatures
    private let outputs: Int
    private let clipNorm: Double
    /// Longest patient in fine steps, and its square.
    private let bound: Double
    private let squaredBound: Int128
    /// Outputs × width, then outputs, as `LinearHead` has its parameters.
    private var sum: [Int64]
    private var images: [Int32] = []
    /// Integer residuals: for each image of `images` one an output.
    private var coefficients: [Int16] = []

    init(_ features: IntegerFeatures, outputs: Int, clipNorm: Double) {
        self.features = features
        self.outputs = outputs
        self.clipNorm = clipNorm
        sum = [Int64](repeating: 0, count: outputs * (features.width + 1))
        let room = Int(Double(sum.count).squareRoot().rounded(.up))
        let bound = max(0, NoisySum.sensitivity - room) << Self.fineBits
        self.bound = Double(bound)
        squaredBound = Int128(bound) * Int128(bound)
    }

    /// Adds a patient: Σ residual ⊗ feature over images, scaled down to norm C if it is longer.
    ///
    /// - Parameter residuals: images × outputs, each the derivative of the patient's loss by that image's logit.
    mutating func add(_ patient: [Int], residuals: [Float]) {
        let given = residuals.map(Double.init)
        precondition(given.count == patient.count * outputs, "one residual an image and output")
        let norm = norm(of: patient, given)
        guard norm.isFinite, norm > 0 else { return }
        var factor = bound / (Double(IntegerFeatures.unit) * max(norm, clipNorm))
        // Rounding can leave a patient a little too long: then shorter, and counted again.
        while true {
            let whole = given.map { max(-8191, min(8191, ($0 * factor).rounded())) }
            if squaredNorm(of: patient, whole.map { Int64($0) }) <= squaredBound {
                images += patient.map(Int32.init)
                coefficients += whole.map { Int16($0) }
                return
            }
            factor *= 1 - 0x1p-15
        }
    }

    /// The sum on the grid of `NoisySum`.
    consuming func rounded() -> NoisySum {
        let width = features.width
        for output in 0..<outputs {
            let own = stride(from: output, to: coefficients.count, by: outputs).map { coefficients[$0] }
            features.steps.withUnsafeBufferPointer { steps in
                sum.withUnsafeMutableBufferPointer { sum in
                    guard let steps = steps.baseAddress, let target = sum.baseAddress else { return }
                    cordon_add_products(
                        steps, Int64(width), images, own, Int64(images.count), target + output * width)
                }
            }
            sum[outputs * width + output] = own.reduce(Int64(0)) { $0 + Int64($1) } * Int64(IntegerFeatures.unit)
        }
        let half = Int64(1) << (Self.fineBits - 1)
        return NoisySum(clipNorm: clipNorm, sum: sum.map { ($0 + half) >> Self.fineBits })
    }

    /// Length of a patient's gradient, never written out.
    func norm(of patient: [Int], _ values: [Double]) -> Double {
        var square = 0.0
        for (one, image) in patient.enumerated() {
            for (other, second) in patient.enumerated() {
                let product = Double(features.product(image, second))
                for output in 0..<outputs {
                    square += values[one * outputs + output] * values[other * outputs + output] * product
                }
            }
        }
        return max(0, square).squareRoot() / Double(IntegerFeatures.unit)
    }

    private func squaredNorm(of patient: [Int], _ values: [Int64]) -> Int128 {
        var square: Int128 = 0
        for (one, image) in patient.enumerated() {
            for (other, second) in patient.enumerated() {
                var weight: Int64 = 0
                for output in 0..<outputs {
                    weight += values[one * outputs + output] * values[other * outputs + output]
                }
                square += Int128(weight) * Int128(features.product(image, second))
            }
        }
        return square
    }
}
