import CTorch
package import RingArithmetic

/// One hospital's training of one round under patient-level differential privacy (DP-SGD, Abadi et al. 2016, with the
/// patient as the unit): in each step every patient takes part with probability q; each patient's gradient, the mean
/// over the patient's images, is cut to norm C; Gaussian noise σC goes on the sum, in integers (`NoisySum`); the step
/// divides by q · `expectedPatients`, an agreed constant. The momentum starts anew each round: no state but the model
/// passes on.
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
        let released = try clippedGradientSum(
            values, on: set, patients: sampled, specification: specification, privacy: privacy
        ).released(noiseMultiplier: privacy.noiseMultiplier, using: &rng)
        for index in values.indices {
            velocity[index] = privacy.momentum * velocity[index] + released[index] / divisor
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

/// Σ over patients of g·min(1, C/‖g‖), without noise, on the grid; leaving one patient out moves it by at most C.
func clippedGradientSum(
    _ parameters: [Float], on set: TrainingSet, patients: [[Int]], specification: ModelSpecification,
    privacy: PrivacyConfiguration
) throws -> NoisySum {
    let classWeights = privacy.classWeights(classCount: specification.classCount)
    var sum = NoisySum(count: parameters.count, clipNorm: privacy.clipNorm)
    switch specification.kind {
    case .cnn:
        let network = try Network(specification, parameters: parameters)
        for start in stride(from: 0, to: patients.count, by: patientsAtOnce) {
            let some = Array(patients[start..<min(start + patientsAtOnce, patients.count)])
            sum.add(try network.patientGradients(on: set, patients: some, classWeights: classWeights))
        }
    case .scattering:
        let head = LinearHead(specification)
        var own = [Float](repeating: 0, count: parameters.count)
        for patient in patients {
            for index in own.indices { own[index] = 0 }
            head.addGradient(
                of: patient, inputs: set.inputs, labels: set.labels, parameters: parameters,
                classWeights: classWeights, to: &own)
            sum.add(own)
        }
    }
    return sum
}

/// Patients whose gradients are held at once: 12 MB of the default network.
private let patientsAtOnce = 32

/// Samples a second of plain descent, of private steps, and of the patient-by-patient loop, on the same images: what
/// privacy costs in time, measured in one run.
package struct PrivateTrainingSpeed: Sendable {
    package let plain: Double
    package let privately: Double
    package let loop: Double

    /// Runs each in turn `repetitions` times over the first images of a set and keeps the fastest of each.
    ///
    /// - Parameter batch: images of a plain batch, and patients of a private step (one image each).
    package static func measure(
        on set: TrainingSet, images: Int, batch: Int, repetitions: Int, clock: ContinuousClock = ContinuousClock()
    ) throws -> PrivateTrainingSpeed {
        let specification = set.specification
        let parameters = try specification.initialParameters(seed: 1)
        let chosen = Array(0..<min(images, set.count))
        let weights = [Float](repeating: 1, count: specification.classCount)
        func rate(_ body: () throws -> Void) rethrows -> Double {
            let took = try clock.measure(body)
            return Double(chosen.count) / (took / .seconds(1))
        }
        var best = (plain: 0.0, privately: 0.0, loop: 0.0)
        for _ in 0..<repetitions {
            let network = try Network(specification, parameters: parameters)
            best.plain = max(
                best.plain,
                try rate {
                    try network.train(
                        on: set, order: chosen.map(Int64.init), epochLength: chosen.count,
                        descent: .init(
                            learning_rate: 1e-3, momentum: 0.9, weight_decay: 0, gradient_clip_norm: 5,
                            batch_size: Int64(batch)), classWeights: weights)
                })
            for loop in [false, true] {
                let reached = try rate {
                    for start in stride(from: 0, to: chosen.count, by: batch) {
                        let patients = chosen[start..<min(start + batch, chosen.count)].map { [$0] }
                        var sum = NoisySum(count: parameters.count, clipNorm: 1)
                        sum.add(
                            try network.patientGradients(
                                on: set, patients: patients, classWeights: weights, loop: loop))
                    }
                }
                if loop { best.loop = max(best.loop, reached) } else { best.privately = max(best.privately, reached) }
            }
        }
        return PrivateTrainingSpeed(plain: best.plain, privately: best.privately, loop: best.loop)
    }
}
