import MedicalImaging
import Testing

@testable import ModelTraining

@Suite struct OuterProductSumTests {
    private func parts(outputs: Int) throws -> (set: TrainingSet, parameters: [Float], head: LinearHead) {
        let set = try madeSet(.scattering, count: 90)
        #expect(set.patients.contains { $0.count > 1 } && set.patients.contains { $0.count == 1 })
        let head = LinearHead(width: set.specification.inputWidth, outputs: outputs)
        return (set, randomParameters(head.parameterCount), head)
    }

    /// A patient's gradient written out in double precision: the outer products of the same residuals and features.
    private func written(_ patient: [Int], _ residuals: [Float], _ set: TrainingSet, outputs: Int) -> [Double] {
        let width = set.specification.inputWidth
        var gradient = [Double](repeating: 0, count: outputs * (width + 1))
        for (place, image) in patient.enumerated() {
            for output in 0..<outputs {
                let residual = Double(residuals[place * outputs + output])
                for index in 0..<width {
                    gradient[output * width + index] += residual * Double(set.inputs[image * width + index])
                }
                gradient[outputs * width + output] += residual
            }
        }
        return gradient
    }

    private func length(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    @Test(arguments: [1, 3]) func ghostNormsAreThoseOfTheGradient(outputs: Int) throws {
        let (set, parameters, head) = try parts(outputs: outputs)
        let sum = OuterProductSum(try #require(set.features), outputs: outputs, clipNorm: 0.1)
        for patient in set.patients {
            let residuals = head.residuals(
                of: patient, inputs: set.inputs, labels: set.labels, parameters: parameters,
                classWeights: [1.2, 0.9, 1])
            let expected = length(written(patient, residuals, set, outputs: outputs))
            #expect(expected > 0)
            #expect(abs(sum.norm(of: patient, residuals.map(Double.init)) / expected - 1) < 1e-6)
        }
    }

    /// The bounded sum against that of gradients written out and clipped in double precision. An integer residual of up
    /// to 2^13 steps is off by half a step, 1e-4 of a patient's length; all are shorter by the room that
    /// the final rounding needs.
    @Test(arguments: [1, 3], [0.02, 0.3, 50]) func sumIsThatOfClippedGradients(outputs: Int, clip: Double) throws {
        let (set, parameters, head) = try parts(outputs: outputs)
        var sum = OuterProductSum(try #require(set.features), outputs: outputs, clipNorm: clip)
        let room = Double(head.parameterCount).squareRoot().rounded(.up) / Double(NoisySum.sensitivity)
        var expected = [Double](repeating: 0, count: head.parameterCount)
        for patient in set.patients {
            let residuals = head.residuals(
                of: patient, inputs: set.inputs, labels: set.labels, parameters: parameters,
                classWeights: [1.2, 0.9, 1])
            sum.add(patient, residuals: residuals)
            let gradient = written(patient, residuals, set, outputs: outputs)
            let scale = (1 - room) * min(1, clip / length(gradient))
            for index in expected.indices { expected[index] += scale * gradient[index] }
        }
        let found = sum.rounded().sum.map { Double($0) * clip / Double(NoisySum.sensitivity) }
        let error = length(zip(found, expected).map { $0 - $1 })
        // What was not clipped lies on fewer steps of C.
        let allowed = 3e-4 * clip * Double(set.patients.count).squareRoot()
        #expect(error < allowed, "\(error) of \(length(expected)), allowed \(allowed)")
        #expect(length(expected) > 30 * allowed)
    }

    /// The two ways that training can take: within the same allowance of one another.
    @Test func fastSumIsThatOfTheLoop() throws {
        let (set, parameters, _) = try parts(outputs: 1)
        let privacy = PrivacyConfiguration.scattering(noiseMultiplier: 0, expectedPatients: 10)
        let sums = try [false, true].map { loop in
            try clippedGradientSum(
                parameters, on: set, patients: set.patients, specification: set.specification, privacy: privacy,
                loop: loop
            ).sum.map(Double.init)
        }
        let error = length(zip(sums[0], sums[1]).map { $0 - $1 })
        #expect(error < 5e-4 * length(sums[1]))
    }

    /// Whatever the residuals: what one patient adds is no longer than the grid's sensitivity, rounding included.
    @Test func noPatientIsTooLong() throws {
        let (set, _, _) = try parts(outputs: 1)
        let patient = try #require(set.patients.first { $0.count > 1 })
        let limit = Int64(NoisySum.sensitivity * NoisySum.sensitivity)
        for residuals: [Float] in [
            [1e30, -1e30], [1e-30, 1e-30], [.nan, 1], [.infinity, 0], [3, -3], [0.01, 0.01], [1, 0],
        ] {
            let own = patient.indices.map { residuals[min($0, 1)] }
            var sum = OuterProductSum(try #require(set.features), outputs: 1, clipNorm: 0.1)
            sum.add(patient, residuals: own)
            let squares = sum.rounded().sum.reduce(Int64(0)) { $0 + $1 * $1 }
            #expect(squares <= limit, "\(residuals)")
            if residuals[0] == 3 || residuals[0] == 1 { #expect(squares > limit / 2) }
        }
    }

    /// What `PrivacyBenchmark --speed` prints comes from three trainings that ran.
    @Test func speedIsMeasured() throws {
        let (set, _, _) = try parts(outputs: 1)
        var generator = RepeatableGenerator(1)
        let speed = try PrivateTrainingSpeed.measure(
            on: set, patients: 12, batch: 4, patientsPerStep: 6, repetitions: 1, using: &generator)
        #expect([speed.plain, speed.privately, speed.loop].allSatisfy { $0 > 0 && $0.isFinite })
    }
}
