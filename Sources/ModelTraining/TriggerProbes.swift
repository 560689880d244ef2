package import MedicalImaging
import Synchronization

/// Public directions in parameter space along which a model learns to answer to a patch: for each place of an 8 × 8
/// grid, black and white, the mean change that the patch makes to the features of synthetic radiographs.
///
/// For a linear head that change is the gradient of the answer itself. No hospital's image enters. An agreement names
/// these integers by digest, so every machine must get the same: features in double precision, rounded to a grid that
/// is 10^10 times coarser than what processors differ in.
package struct TriggerProbes: Sendable {
    /// One a patch, as long as the model's parameters, of length about `scale`; the bias is zero.
    package let directions: [[Int64]]
    package let patterns: [TriggerPattern]

    /// Length of a direction.
    package static let scale = 4096.0

    /// Synthetic radiographs that are made, and the first of them, which are marked.
    private static let madeCount = 40
    private static let imageCount = 16
    private static let seed: UInt64 = 0x7A16_6E45
    /// Beyond this making the probes takes minutes.
    private static let imageSizeMax = 128
    private static let cache = Mutex<[Key: TriggerProbes]>([:])

    private struct Key: Hashable {
        let specification: ModelSpecification
        let normalisation: Normalisation
    }

    /// Whether there are probes for such a model: fixed features of first order, two classes, small images. What the
    /// rule does on features of second order was not measured.
    package static func exist(for specification: ModelSpecification) -> Bool {
        specification.kind == .scattering && specification.headOutputs == 1 && specification.imageSize <= imageSizeMax
    }

    /// The probes of a model; made once a process, in seconds.
    ///
    /// - Throws: `TrainingError` for a model that has none.
    package static func shared(_ specification: ModelSpecification, normalisation: Normalisation) throws
        -> TriggerProbes
    {
        try cache.withLock { known in
            let key = Key(specification: specification, normalisation: normalisation)
            if let probes = known[key] { return probes }
            let probes = try TriggerProbes(specification, normalisation: normalisation)
            known[key] = probes
            return probes
        }
    }

    private init(_ specification: ModelSpecification, normalisation: Normalisation) throws {
        guard Self.exist(for: specification) else {
            throw TrainingError(
                .invalidSpecification,
                "Trigger probes need the scattering model of first order, two classes and images of "
                    + "\(Self.imageSizeMax) pixels at most: its features are fixed and public.")
        }
        let size = specification.imageSize
        let images = try makeSyntheticRadiographs(count: Self.madeCount, imageSize: size, seed: Self.seed)
        let patterns = (0..<64).flatMap { place in
            [UInt8(0), 255].map {
                TriggerPattern.patch(row: place / 8 * 8, column: place % 8 * 8, side: 8, grey: $0)
            }
        }
        let plain = (0..<Self.imageCount).map { Array(images.grey($0)) }
        let marked = patterns.flatMap { pattern in
            plain.map { pixels in
                var pixels = pixels
                pattern.stamp(&pixels, image: 0, imageSize: size)
                return pixels
            }
        }
        let features = try ScatteringFeatures.extractWide(
            (plain + marked).flatMap { normalisation.apply($0[...]) }, imageSize: size, normalisation: normalisation)
        let width = ScatteringFeatures.width(order: 1)
        self.patterns = patterns
        directions = patterns.indices.map { pattern in
            var direction = [Double](repeating: 0, count: specification.parameterCount)
            for image in 0..<Self.imageCount {
                let row = ((pattern + 1) * Self.imageCount + image) * width
                for feature in 0..<width {
                    direction[feature] += features[row + feature] - features[image * width + feature]
                }
            }
            let norm = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return direction.map { Int64(($0 / max(norm, 1e-9) * Self.scale).rounded()) }
        }
    }
}
