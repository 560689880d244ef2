import Foundation

/// A linear classifier on fixed features, differentiated by hand: logistic for two classes (one logit, for class 1),
/// softmax for more. Flat parameters: weight (outputs × width), then bias.
struct LinearHead {
    let width: Int
    let outputs: Int

    var parameterCount: Int { outputs * (width + 1) }

    init(_ specification: ModelSpecification) {
        precondition(specification.kind.scatteringOrder != nil)
        self.init(width: specification.inputWidth, outputs: specification.headOutputs)
    }

    init(width: Int, outputs: Int) {
        precondition(width % 8 == 0 && outputs >= 1, "dot products run eight lanes wide")
        self.width = width
        self.outputs = outputs
    }

    /// Adds `factor` × the gradient of the mean weighted loss of some images.
    ///
    /// The mean is over images as they are counted, not over their weights: the patient's gradient under privacy.
    func addGradient(
        of images: some Collection<Int>, inputs: [Float], labels: [Int], parameters: [Float], classWeights: [Float],
        factor: Float = 1, to gradient: inout [Float]
    ) {
        let share = factor / Float(images.count)
        for image in images {
            let scores = residuals(image, inputs: inputs, label: labels[image], parameters: parameters)
            let weight = share * classWeights[labels[image]]
            for (output, score) in scores.enumerated() {
                add(image, of: inputs, times: weight * score, to: &gradient, at: output * width)
                gradient[outputs * width + output] += weight * score
            }
        }
    }

    /// Class probabilities of one image.
    func probabilities(_ image: Int, inputs: [Float], parameters: [Float]) -> [Float] {
        let scores = logits(image, inputs: inputs, parameters: parameters)
        if outputs == 1 {
            let positive = logistic(scores[0])
            return [1 - positive, positive]
        }
        return softmax(scores)
    }

    /// Derivatives of a patient's loss, the mean weighted loss of some images, by their logits: images × outputs.
    func residuals(
        of images: [Int], inputs: [Float], labels: [Int], parameters: [Float], classWeights: [Float]
    ) -> [Float] {
        images.flatMap { image in
            let weight = classWeights[labels[image]] / Float(images.count)
            return residuals(image, inputs: inputs, label: labels[image], parameters: parameters).map { weight * $0 }
        }
    }

    /// Derivative of the loss by each logit.
    private func residuals(_ image: Int, inputs: [Float], label: Int, parameters: [Float]) -> [Float] {
        let scores = logits(image, inputs: inputs, parameters: parameters)
        if outputs == 1 { return [logistic(scores[0]) - (label == 1 ? 1 : 0)] }
        var residuals = softmax(scores)
        residuals[label] -= 1
        return residuals
    }

    private func logits(_ image: Int, inputs: [Float], parameters: [Float]) -> [Float] {
        (0..<outputs).map { output in
            parameters[outputs * width + output]
                + dot(inputs, image * width, parameters, output * width)
        }
    }

    /// Eight fixed lanes, so that the sum is the same on every processor.
    private func dot(_ left: [Float], _ leftStart: Int, _ right: [Float], _ rightStart: Int) -> Float {
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                var lanes = SIMD8<Float>.zero
                for index in stride(from: 0, to: 4 * width, by: 32) {
                    lanes +=
                        left.loadUnaligned(fromByteOffset: 4 * leftStart + index, as: SIMD8<Float>.self)
                        * right.loadUnaligned(fromByteOffset: 4 * rightStart + index, as: SIMD8<Float>.self)
                }
                return lanes.sum()
            }
        }
    }

    private func add(_ image: Int, of inputs: [Float], times factor: Float, to gradient: inout [Float], at start: Int) {
        inputs.withUnsafeBufferPointer { inputs in
            gradient.withUnsafeMutableBufferPointer { gradient in
                for index in 0..<width {
                    gradient[start + index] += factor * inputs[image * width + index]
                }
            }
        }
    }
}

/// 1/(1 + e^−x).
private func logistic(_ value: Float) -> Float { Float(1 / (1 + exp(-Double(value)))) }

/// Probabilities from scores, without overflow.
func softmax(_ scores: [Float]) -> [Float] {
    let largest = Double(scores.max() ?? 0)
    let powers = scores.map { exp(Double($0) - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { Float($0 / sum) }
}
