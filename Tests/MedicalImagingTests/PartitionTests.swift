import Testing

@testable import MedicalImaging

@Suite struct PartitionTests {
    private static let set: ImageSet = {
        var generator = SeededGenerator(seed: 2, label: "partition test")
        return madeSet(
            (0..<300).map { number in
                (number % 4 == 0 ? 0 : 1, 1 + generator.below(3), number % 10 == 9 ? .test : .train)
            })
    }()

    @Test(arguments: [nil, 0.1, 0.5, 10.0] as [Double?], [1, 3, 5, 10])
    func everyTrainingImageOnceNoPatientTwice(alpha: Double?, hospitals: Int) throws {
        let set = Self.set
        let parts = try partition(set, hospitals: hospitals, heterogeneity: alpha, seed: 7)
        #expect(parts.count == hospitals)
        #expect(parts.flatMap(\.self).sorted() == set.indices(of: .train))
        var owner: [String: Int] = [:]
        for (hospital, indices) in parts.enumerated() {
            #expect(!indices.isEmpty && indices == indices.sorted())
            for index in indices {
                let patient = set.samples[index].patient
                #expect(owner[patient, default: hospital] == hospital)
                owner[patient] = hospital
            }
        }
        #expect(try partition(set, hospitals: hospitals, heterogeneity: alpha, seed: 7) == parts)
        if hospitals > 1 { #expect(try partition(set, hospitals: hospitals, heterogeneity: alpha, seed: 8) != parts) }
    }

    @Test func equalMeansEqualNumbersOfPatients() throws {
        let set = Self.set
        let counts = try partition(set, hospitals: 7, heterogeneity: nil, seed: 1).map(set.patientCount)
        #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }

    @Test func smallerAlphaMeansMoreUnlike() throws {
        func spread(_ alpha: Double) throws -> Double {
            var sum = 0.0
            for seed in 0..<20 {
                let parts = try partition(Self.set, hospitals: 4, heterogeneity: alpha, seed: UInt64(seed))
                let shares = parts.map { part in
                    Double(part.filter { Self.set.samples[$0].label == 0 }.count) / Double(part.count)
                }
                let mean = shares.reduce(0, +) / 4
                sum += shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            }
            return sum
        }
        #expect(try spread(0.3) > 3 * spread(50))
    }

    @Test func tooFewPatientsNamesTheHospital() {
        let set = madeSet([(0, 3, .train), (1, 2, .train)])
        let error = #expect(throws: ImagingError.self) {
            _ = try partition(set, hospitals: 3, heterogeneity: nil, seed: 1)
        }
        #expect(error?.code == .tooFewPatients && error?.message.contains("hospital-3 has no patients") == true)
    }

    @Test func hopelessHeterogeneityIsAnError() {
        let error = #expect(throws: ImagingError.self) {
            _ = try partition(Self.set, hospitals: 100, heterogeneity: 1e-3, seed: 1)
        }
        #expect(error?.code == .hospitalWithoutPatients)
    }

    /// Moments of Dirichlet(α, …): mean 1/n, variance (n−1)/(n²(nα+1)). Fixed seed, 4,000 draws; with a fresh seed the
    /// mean's bound (5 standard errors) would fail in 1 of 1.7 million runs, the variance's about as seldom.
    @Test(arguments: [0.1, 0.5, 1, 4]) func dirichletMoments(alpha: Double) {
        var generator = SeededGenerator(seed: 11, label: "dirichlet moments")
        let draws = (0..<4000).map { _ in generator.dirichlet(alpha: alpha, count: 4) }
        for draw in draws { #expect(abs(draw.reduce(0, +) - 1) < 1e-12) }
        let first = draws.map { $0[0] }
        let mean = first.reduce(0, +) / 4000
        let variance = first.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000
        let expected = 3 / (16 * (4 * alpha + 1))
        #expect(abs(mean - 0.25) < 5 * (expected / 4000).squareRoot())
        #expect(abs(variance - expected) < 0.15 * expected)
    }
}
