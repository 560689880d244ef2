import DifferentialPrivacy
package import RingArithmetic

/// One hospital's training of one round under patient-level differential privacy (DP-SGD, Abadi et al. 2016, with the
/// patient as the unit): in each step every patient takes part with probability q; each patient's gradient, the mean
/// over the patient's images, is cut to norm C; Gaussian noise σC goes on the sum; the step divides by
/// q · `expectedPatients`, an agreed constant. The momentum starts anew each round: no state but the model passes on.
///
/// With q = 1 every patient takes part in every step: then the neighbouring data set is one with the patient's
/// gradient replaced by zero, and the cost is that of `stepsPerRound` Gaussian mechanisms of multiplier σ.
///
/// - Parameter rng: Draws the sample and the noise: a cryptographic generator, of which nobody learns the state.
package func trainPrivately(
    from parameters: [Float], on set: TrainingSet, specification: ModelSpecification, privacy: PrivacyConfiguration,
    round: Int, rounds: Int, using rng: inout some CryptographicGenerator
) throws -> [Float] {
    try specification.check(parameters)
    try privacy.check()
    try checkMatch(set, specification)
    precondition(round >= 0 && round < rounds)
    var values = parameters
    var velocity = [Double](repeating: 0, count: values.count)
    let divisor = privacy.samplingRate * Double(privacy.expectedPatients)
    for _ in 0..<privacy.stepsPerRound {
        let sampled = poissonSample(set.patients, rate: privacy.samplingRate, using: &rng)
        let sum = try clippedGradientSum(
            values, on: set, patients: sampled, specification: specification, privacy: privacy)
        let noise = gaussianNoise(count: values.count, using: &rng)
        let deviation = privacy.noiseMultiplier * privacy.clipNorm
        for index in values.indices {
            let gradient = (Double(sum[index]) + deviation * noise[index]) / divisor
            velocity[index] = privacy.momentum * velocity[index] + gradient
            values[index] = Float(Double(values[index]) - privacy.learningRate * velocity[index])
        }
    }
    try specification.checkFinite(values)
    return values
}

/// Each patient with probability `rate`, independently; all of them, and no draw, at rate one.
func poissonSample(_ patients: [[Int]], rate: Double, using rng: inout some RandomNumberGenerator) -> [[Int]] {
    guard rate < 1 else { return patients }
    return patients.filter { _ in Double(rng.next() >> 11) * 0x1p-53 < rate }
}

/// Σ over patients of g·min(1, C/‖g‖), without noise; leaving one patient out moves it by at most C.
func clippedGradientSum(
    _ parameters: [Float], on set: TrainingSet, patients: [[Int]], specification: ModelSpecification,
    privacy: PrivacyConfiguration
) throws -> [Float] {
    let classWeights = privacy.classWeights(classCount: specification.classCount)
    switch specification.kind {
    case .cnn:
        return try Network(specification, parameters: parameters).clippedGradientSum(
            on: set, patients: patients, classWeights: classWeights, clipNorm: privacy.clipNorm)
    case .scattering:
        let head = LinearHead(specification)
        var sum = [Float](repeating: 0, count: parameters.count)
        var own = sum
        for patient in patients {
            for index in own.indices { own[index] = 0 }
            head.addGradient(
                of: patient, inputs: set.inputs, labels: set.labels, parameters: parameters,
                classWeights: classWeights, to: &own)
            let norm = euclideanNorm(own)
            let scale = Float(norm > privacy.clipNorm ? privacy.clipNorm / norm : 1)
            for index in sum.indices { sum[index] += scale * own[index] }
        }
        return sum
    }
}
