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
///
/// - Parameter loop: writes out one patient's gradient after the other: the slow way to the same sum, kept as the
///   measure of the fast one.
func clippedGradientSum(
    _ parameters: [Float], on set: TrainingSet, patients: [[Int]], specification: ModelSpecification,
    privacy: PrivacyConfiguration, loop: Bool = false
) throws -> NoisySum {
    let classWeights = privacy.classWeights(classCount: specification.classCount)
    if specification.kind.scatteringOrder != nil {
        return headGradientSum(
            parameters, on: set, patients: patients, head: LinearHead(specification), classWeights: classWeights,
            clipNorm: privacy.clipNorm, loop: loop)
    }
    var sum = NoisySum(count: parameters.count, clipNorm: privacy.clipNorm)
    let network = try Network(specification, parameters: parameters)
    for start in stride(from: 0, to: patients.count, by: patientsAtOnce) {
        let some = Array(patients[start..<min(start + patientsAtOnce, patients.count)])
        sum.add(try network.patientGradients(on: set, patients: some, classWeights: classWeights, loop: loop))
    }
    return sum
}

private func headGradientSum(
    _ parameters: [Float], on set: TrainingSet, patients: [[Int]], head: LinearHead, classWeights: [Float],
    clipNorm: Double, loop: Bool
) -> NoisySum {
    guard let features = set.features, !loop else {
        var sum = NoisySum(count: parameters.count, clipNorm: clipNorm)
        for patient in patients {
            var own = [Float](repeating: 0, count: parameters.count)
            head.addGradient(
                of: patient, inputs: set.inputs, labels: set.labels, parameters: parameters,
                classWeights: classWeights, to: &own)
            sum.add(own)
        }
        return sum
    }
    var sum = OuterProductSum(features, outputs: head.outputs, clipNorm: clipNorm)
    for patient in patients {
        sum.add(
            patient,
            residuals: head.residuals(
                of: patient, inputs: set.inputs, labels: set.labels, parameters: parameters,
                classWeights: classWeights))
    }
    return sum.rounded()
}

/// Patients whose gradients are held at once: 12 MB of the default network.
private let patientsAtOnce = 32

/// Images a second of plain descent, of private steps, and of the patient-by-patient loop, on the same images, noise
/// included in both private ones: what privacy costs in time, measured in one run.
package struct PrivateTrainingSpeed: Sendable {
    package let plain: Double
    package let privately: Double
    package let loop: Double

    /// Runs each in turn over the first patients of a set, `repetitions` times, and keeps the fastest of each.
    ///
    /// - Parameters:
    ///   - batch: images of a plain step.
    ///   - patientsPerStep: patients of a private one.
    package static func measure(
        on set: TrainingSet, patients count: Int, batch: Int, patientsPerStep: Int, repetitions: Int,
        clock: ContinuousClock = ContinuousClock(), using rng: inout some CryptographicGenerator
    ) throws -> PrivateTrainingSpeed {
        let specification = set.specification
        let parameters = try specification.initialParameters(seed: 1)
        let patients = Array(set.patients.prefix(count))
        let images = patients.reduce(0) { $0 + $1.count }
        let part = set.selecting(patients.flatMap { $0 })
        var configuration = TrainingConfiguration.defaults(for: specification.kind)
        configuration.batchSize = batch
        let privacy = PrivacyConfiguration.scattering(noiseMultiplier: 4, expectedPatients: patients.count)
        var best = (plain: 0.0, privately: 0.0, loop: 0.0)
        func rate(_ body: () throws -> Void) rethrows -> Double {
            let took = try clock.measure(body)
            return Double(images) / (took / .seconds(1))
        }
        for _ in 0..<repetitions {
            best.plain = max(
                best.plain,
                try rate {
                    _ = try trainLocally(
                        from: parameters, on: part, specification: specification, configuration: configuration,
                        round: 0, rounds: 1, seed: 1)
                })
            for loop in [false, true] {
                let reached = try rate {
                    for start in stride(from: 0, to: patients.count, by: patientsPerStep) {
                        _ = try clippedGradientSum(
                            parameters, on: part,
                            patients: Array(part.patients[start..<min(start + patientsPerStep, patients.count)]),
                            specification: specification, privacy: privacy, loop: loop
                        ).released(noiseMultiplier: privacy.noiseMultiplier, using: &rng)
                    }
                }
                if loop { best.loop = max(best.loop, reached) } else { best.privately = max(best.privately, reached) }
            }
        }
        return PrivateTrainingSpeed(plain: best.plain, privately: best.privately, loop: best.loop)
    }
}
