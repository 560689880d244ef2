package import MedicalImaging

/// Public directions in parameter space along which a model learns to answer to a patch: for each place of an 8 × 8
/// grid, black and white, the mean change that the patch makes to the features of synthetic radiographs, unit length.
///
/// For a linear head that change is the gradient of the answer itself. No hospital's image enters.
package struct TriggerProbes: Sendable {
    /// One a patch, as long as the model's parameters; the bias is zero.
    package let directions: [[Float]]
    package let patterns: [TriggerPattern]

    private static let imageCount = 40
    private static let seed: UInt64 = 0x7A16_6E45

    /// - Throws: `TrainingError` for a model without fixed features.
    package init(_ specification: ModelSpecification, normalisation: Normalisation) throws {
        guard specification.kind.scatteringOrder != nil, specification.headOutputs == 1 else {
            throw TrainingError(
                .invalidSpecification,
                "Trigger probes need a scattering model with two classes: its features are fixed and public.")
        }
        let images = try makeSyntheticRadiographs(
            count: Self.imageCount, imageSize: specification.imageSize, seed: Self.seed)
        let set = try TrainingSet(
            images, indices: Array(images.samples.indices), specification: specification, normalisation: normalisation)
        patterns = (0..<64).flatMap { place in
            [UInt8(0), 255].map { .patch(row: place / 8 * 8, column: place % 8 * 8, side: 8, grey: $0) }
        }
        directions = try patterns.map { pattern in
            let marked = try set.marked(by: pattern)
            var direction = [Float](repeating: 0, count: specification.parameterCount)
            let width = specification.inputWidth
            for index in set.inputs.indices { direction[index % width] += marked.inputs[index] - set.inputs[index] }
            let norm = Float(max(euclideanNorm(direction), 1e-9))
            return direction.map { $0 / norm }
        }
    }
}
