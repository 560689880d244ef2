package import RingArithmetic

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
