import CTorch

/// Samples a second of plain descent, of private steps, and of the patient-by-patient loop, on the same images: what
/// privacy costs in time, measured in one run.
package struct GradientSpeed: Sendable {
    package let plain: Double
    package let privately: Double
    package let loop: Double

    /// Runs each in turn `repetitions` times over the first images of a set and keeps the fastest of each.
    ///
    /// - Parameter batch: images of a plain batch, and patients of a private step (one image each).
    package static func measure(
        on set: TrainingSet, images: Int, batch: Int, repetitions: Int, clock: ContinuousClock = ContinuousClock()
    ) throws -> GradientSpeed {
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
        return GradientSpeed(plain: best.plain, privately: best.privately, loop: best.loop)
    }
}
