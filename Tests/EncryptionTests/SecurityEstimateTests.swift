import Foundation
import HomomorphicEncryption
import Testing

@Suite struct SecurityEstimateTests {
    /// Figures of the review's independent Python estimate, the cheaper of its two attacks, at an effective σ of 3.2.
    @Test(
        arguments: [
            (4096, 94.0, 0, 154, 127), (4096, 94, 64, 151, 124), (4096, 94, 128, 148, 121), (4096, 94, 256, 143, 116),
            (4096, 94, 512, 132, 107), (8192, 141, 256, 204, 171), (8192, 94, 256, 328, 284),
            (4096, 47, 128, 333, 289),
        ] as [(Int, Double, Int, Int, Int)])
    func bitsEqualTheReviewedFigures(degree: Int, logModulus: Double, hints: Int, classical: Int, quantum: Int) {
        let estimate = SecurityEstimate(ringDegree: degree, logModulus: logModulus, hints: hints)
        #expect(estimate.classicalBits == classical)
        #expect(estimate.quantumBits == quantum)
    }

    /// The standard's rows cost what they are listed for: 128 bits, under its own model `β` and `log2(8·d)`.
    @Test(
        arguments: [1024, 2048, 4096, 8192, 16_384, 32_768],
        HomomorphicEncryptionStandard.SecretDistribution.allCases)
    func theStandardsRowsAreReproduced(
        degree: Int, secrets: HomomorphicEncryptionStandard.SecretDistribution
    ) throws {
        for level in SecurityLevel.allCases {
            let modulus = try #require(
                HomomorphicEncryptionStandard.largestModulusBits(ringDegree: degree, level: level, secrets: secrets))
            let estimate = SecurityEstimate(
                ringDegree: degree, logModulus: Double(modulus), hints: 0,
                secretDeviation: secrets == .ternary ? (2.0 / 3).squareRoot() : nil)
            let exponent = level == .classical128 ? 0.292 : 0.265
            let bits =
                exponent * Double(estimate.blockSize) + 16.4 + log2(8 * Double(estimate.latticeDimension))
            #expect(abs(bits - 128) <= 5, "\(degree), \(secrets), \(level): \(bits)")
        }
    }

    /// Both columns, secrets like errors and ternary ones, allow every set at every level that it claims; a degree that
    /// is not listed is refused.
    @Test(arguments: ParameterSet.allCases, SecurityLevel.allCases)
    func everySetStaysBelowTheStandardsModulus(set: ParameterSet, level: SecurityLevel) throws {
        let claims = level.isReached(by: set.security(coordinates: set.sketchCoordinates))
        #expect(claims == (set != .compact || level == .classical128))
        for secrets in HomomorphicEncryptionStandard.SecretDistribution.allCases {
            let limit = try #require(
                HomomorphicEncryptionStandard.largestModulusBits(
                    ringDegree: set.ringDegree, level: level, secrets: secrets))
            #expect(!claims || set.modulusBits <= limit)
        }
        #expect(HomomorphicEncryptionStandard.largestModulusBits(ringDegree: 12_288, level: level) == nil)
    }

    /// The estimate asks more than the standard does: 94 bits at degree 4096 stand in its quantum table.
    @Test func theEstimateIsStricterThanTheTable() throws {
        #expect(
            try #require(HomomorphicEncryptionStandard.largestModulusBits(ringDegree: 4096, level: .quantum128)) >= 94)
        let error = #expect(throws: EncryptionError.self) {
            try EncryptionParameters(set: .compact, dimension: 50_000, members: 5, patientLevelPrivacy: false)
        }
        #expect(error?.code == .tooWeak)
    }

    /// Hints cost security: every further opened coordinate at most keeps the bits.
    @Test(arguments: ParameterSet.allCases)
    func hintsNeverAddSecurity(set: ParameterSet) {
        let bits = ParameterSet.sketchCoordinateChoices.map { set.security(coordinates: $0).quantumBits }
        #expect(zip(bits, bits.dropFirst()).allSatisfy { $0 >= $1 } && bits[0] > bits[bits.count - 1])
    }
}
