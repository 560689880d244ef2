import CTorch
import Foundation
import MedicalImaging

/// One hospital's training of one round, without privacy: minibatch gradient descent from the round's model.
///
/// Runs on the calling thread; may be called from several threads at once. Same seed, same bytes.
/// - Returns: the new parameters, all finite.
/// - Throws: `TrainingError`, in particular `diverged`.
package func trainLocally(
    from parameters: [Float], on set: TrainingSet, specification: ModelSpecification,
    configuration: TrainingConfiguration, round: Int, rounds: Int, seed: UInt64
) throws -> [Float] {
    try specification.check(parameters)
    try configuration.check()
    try checkMatch(set, specification)
    var generator = SeededGenerator(seed: seed, label: "local training, round \(round)")
    let order = (0..<configuration.localEpochs).flatMap { _ in generator.shuffled(Array(0..<set.count)) }
    let rate = configuration.learningRate(round: round, rounds: rounds)
    let trained: [Float]
    switch specification.kind {
    case .cnn:
        let network = try Network(specification, parameters: parameters)
        try network.train(
            on: set, order: order.map(Int64.init), epochLength: set.count,
            descent: cordon_descent(
                learning_rate: rate, momentum: configuration.momentum, weight_decay: configuration.weightDecay,
                gradient_clip_norm: configuration.gradientClipNorm, batch_size: Int64(configuration.batchSize)),
            classWeights: set.balancedClassWeights())
        trained = network.parameters()
    case .scattering, .scattering2:
        trained = trainHead(
            from: parameters, on: set, order: order, rate: rate, configuration: configuration)
    }
    try specification.checkFinite(trained)
    return trained
}

/// Class probabilities of every image, in order.
package func predict(
    _ parameters: [Float], on set: TrainingSet, specification: ModelSpecification
) throws -> [[Float]] {
    try specification.check(parameters)
    guard set.specification == specification else { throw mismatch() }
    switch specification.kind {
    case .cnn:
        let logits = try Network(specification, parameters: parameters).logits(on: set)
        return (0..<set.count).map { image in
            softmax(Array(logits[image * specification.classCount..<(image + 1) * specification.classCount]))
        }
    case .scattering, .scattering2:
        let head = LinearHead(specification)
        return (0..<set.count).map { head.probabilities($0, inputs: set.inputs, parameters: parameters) }
    }
}

/// The loss and its descent are those of the network: mean over class weights, clipped, heavy-ball momentum.
private func trainHead(
    from parameters: [Float], on set: TrainingSet, order: [Int], rate: Double, configuration: TrainingConfiguration
) -> [Float] {
    let head = LinearHead(set.specification)
    let classWeights = set.balancedClassWeights()
    var values = parameters
    var velocity = [Float](repeating: 0, count: values.count)
    for epoch in stride(from: 0, to: order.count, by: set.count) {
        for start in stride(from: epoch, to: epoch + set.count, by: configuration.batchSize) {
            let batch = order[start..<min(epoch + set.count, start + configuration.batchSize)]
            var gradient = [Float](repeating: 0, count: values.count)
            let weightSum = batch.reduce(Float(0)) { $0 + classWeights[set.labels[$1]] }
            head.addGradient(
                of: batch, inputs: set.inputs, labels: set.labels, parameters: values, classWeights: classWeights,
                factor: Float(batch.count) / weightSum, to: &gradient)
            let norm = euclideanNorm(gradient)
            let scale = Float(norm > configuration.gradientClipNorm ? configuration.gradientClipNorm / norm : 1)
            for index in values.indices {
                velocity[index] =
                    Float(configuration.momentum) * velocity[index]
                    + (scale * gradient[index] + Float(configuration.weightDecay) * values[index])
                values[index] -= Float(rate) * velocity[index]
            }
        }
    }
    return values
}

/// Square root of the sum of squares, summed in double precision in order.
func euclideanNorm(_ vector: [Float]) -> Double {
    vector.withUnsafeBufferPointer { vector in
        var lanes = SIMD4<Double>.zero
        var index = 0
        while index + 4 <= vector.count {
            let part = SIMD4<Double>(
                Double(vector[index]), Double(vector[index + 1]), Double(vector[index + 2]), Double(vector[index + 3]))
            lanes += part * part
            index += 4
        }
        var sum = lanes.sum()
        while index < vector.count {
            sum += Double(vector[index]) * Double(vector[index])
            index += 1
        }
        return sum.squareRoot()
    }
}

func checkMatch(_ set: TrainingSet, _ specification: ModelSpecification) throws {
    guard set.specification == specification else { throw mismatch() }
    guard set.count > 0 else { throw TrainingError(.emptyTrainingSet, "There is no image to train on.") }
}

private func mismatch() -> TrainingError {
    TrainingError(.wrongImages, "The images were made ready for another model than the one given.")
}
