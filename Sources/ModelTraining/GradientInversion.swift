import CTorch
import Foundation
package import MedicalImaging

/// What whoever sees one hospital's unprotected update makes of it: the image whose gradient explains the update best.
///
/// A linear head on fixed features gives the features away: the gradient by the weights, divided by that by the bias,
/// *is* the feature vector of a single image (Phong et al. 2018). Its image is then sought by descent on the pixels. Of
/// the convolutional network the image is sought whose gradient has the update's direction (Geiping et al. 2020,
/// "Inverting gradients", section 4). Both know the model, as every party does. Results are standardised pixels.
package struct GradientInversion: Sendable {
    package let specification: ModelSpecification
    package let normalisation: Normalisation
    /// The model that the update started from.
    package let parameters: [Float]
    /// Models that are inverted.
    package static let models: [ModelKind] = [.cnn, .scattering]
    /// Steps of descent on the pixels.
    package let steps: Int

    /// - Throws: `TrainingError` when the parameters are not such a model's, or its features are of second order.
    package init(
        _ specification: ModelSpecification, normalisation: Normalisation, parameters: [Float], steps: Int
    ) throws {
        precondition(steps >= 1)
        try specification.check(parameters)
        guard Self.models.contains(specification.kind) else {
            throw TrainingError(
                .invalidSpecification,
                "Inversion knows the models cnn and scattering, not \(specification.kind.rawValue).")
        }
        self.specification = specification
        self.normalisation = normalisation
        self.parameters = parameters
        self.steps = steps
    }

    /// The gradient of the loss on one image: what a hospital with that one image sends, up to a factor.
    package func gradient(of pixels: [UInt8], label: Int) throws -> [Float] {
        let set = try TrainingSet(
            specification: specification, normalisation: normalisation, labels: [label], patients: [[0]],
            pixels: pixels)
        let weights = [Float](repeating: 1, count: max(2, specification.classCount))
        switch specification.kind {
        case .scattering, .scattering2:
            var gradient = [Float](repeating: 0, count: specification.parameterCount)
            LinearHead(specification).addGradient(
                of: [0], inputs: set.inputs, labels: set.labels, parameters: parameters, classWeights: weights,
                to: &gradient)
            return gradient
        case .cnn:
            return try Network(specification, parameters: parameters)
                .patientGradients(on: set, patients: [[0]], classWeights: weights)
        }
    }

    /// The image that an update is thought to come of, as standardised pixels.
    ///
    /// - Parameters:
    ///   - gradient: the update against its direction, whole or summed or noised; any positive multiple does.
    ///   - start: standardised pixels that the search starts from: the mean of other images, which whoever attacks has
    ///     anyway, and which is half the way.
    package func reconstructed(from gradient: [Float], startingAt start: [Float]) throws -> [Float] {
        let side = specification.imageSize
        precondition(gradient.count == specification.parameterCount && start.count == side * side)
        var image = start
        switch specification.kind {
        case .scattering, .scattering2:
            var how = cordon_inversion(steps: Int64(steps), learning_rate: 0.02, total_variation: 0.01)
            try ScatteringFeatures.shared(imageSize: side, order: 1, normalisation: normalisation)
                .seek(Self.features(in: gradient, specification), with: &how, image: &image)
        case .cnn:
            var how = cordon_inversion(steps: Int64(steps), learning_rate: 0.02, total_variation: 0.01)
            let network = try Network(specification, parameters: parameters)
            try network.invert(gradient, label: Self.label(in: gradient, specification), with: &how, image: &image)
        }
        return image
    }

    /// The features that a linear head's gradient gives away: weights over bias, of the output with the largest bias.
    static func features(in gradient: [Float], _ specification: ModelSpecification) -> [Float] {
        let (width, outputs) = (specification.inputWidth, specification.headOutputs)
        let biases = gradient[(outputs * width)...].map { $0 }
        let output = biases.indices.max { abs(biases[$0]) < abs(biases[$1]) } ?? 0
        let sign: Float = biases[output] < 0 ? -1 : 1
        return gradient[output * width..<(output + 1) * width].map { $0 * sign }
    }

    /// The label that a gradient gives away: the only output that should have been larger (Zhao et al. 2020).
    static func label(in gradient: [Float], _ specification: ModelSpecification) -> Int {
        let biases = Array(gradient.suffix(specification.classCount))
        return biases.indices.min { biases[$0] < biases[$1] } ?? 0
    }
}

extension ScatteringFeatures {
    fileprivate func seek(_ features: [Float], with how: inout cordon_inversion, image: inout [Float]) throws {
        let status = cordon_features_invert(
            features, means, inverseDeviations, filters, Int64(Self.scales * Self.orientations), Int64(Self.pool),
            Int64(imageSize), &how, &image)
        guard status == 0 else { throw libraryError() }
    }
}
