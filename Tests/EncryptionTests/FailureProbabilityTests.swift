import Testing

@testable import HomomorphicEncryption

@Suite struct FailureProbabilityTests {
    /// Bounds and exact tails of Tests/Vectors/failure_vectors.py: terms, margin, log2 of both.
    @Test(
        arguments: [
            (8, 95.08154395044288, -47.056, -51.792), (32, 190.16308790088576, -57.878, -62.783),
        ] as [(Double, Double, Double, Double)])
    func theBoundLiesAboveTheExactTail(terms: Double, margin: Double, bound: Double, exact: Double) {
        let computed = FailureProbability.rowNoise(coefficients: terms, margin: margin)
        #expect(abs(computed - bound) < 0.01)
        #expect(computed >= exact)
    }

    /// Bounds of the same script for the plans of ParameterTests: noise of a row, digits of a row.
    @Test(
        arguments: [
            (ParameterSet.tiny, 1217, 5, -78.289, -78.529), (.large, 1_000_000, 10, -78.523, -242.816),
        ])
    func boundsEqualThoseOfPython(
        set: ParameterSet, dimension: Int, members: Int, noise: Double, digits: Double
    ) throws {
        let failure = try EncryptionParameters(
            set: set, dimension: dimension, members: members, patientLevelPrivacy: false
        ).failure
        #expect(abs(failure.rowNoiseLog2 - noise) < 0.01)
        #expect(abs(failure.rowDigitsLog2 - digits) < 0.01)
        #expect(failure.hospitalLog2 < failure.roundLog2)
    }

    /// Every federation that a plan can be made for, up to the most hospitals: below 2^-60 a round.
    @Test(arguments: [2, 3, 4, 5, 6, 7, 10, 50, 200, 1024])
    func everyRoundFailsLessOftenThanTheLimit(members: Int) throws {
        for dimension in [1217, 97_906, 1_000_000, 11_700_000, 1 << 30] {
            let plan = try EncryptionParameters.plan(
                dimension: dimension, members: members, patientLevelPrivacy: false)
            #expect(plan.failure.roundLog2 < FailureProbability.limitLog2)
        }
    }

    /// The margins are needed: with those of eight and ten deviations, a round of five hospitals was above the limit.
    @Test func narrowerMarginsWouldNotDo() {
        let former = FailureProbability(
            coefficients: 8192, coordinates: 128, members: 5, scale: 5796, width: 24_281_830_274, bound: 1_867_833_098)
        #expect(former.rowDigitsLog2 > -60 && former.roundLog2 > -60)
        let ten = FailureProbability(
            coefficients: 204_800, coordinates: 256, members: 10, scale: 28_978, width: 39_503_192, bound: 1_519_353)
        #expect(abs(ten.hospitalLog2 + 63) < 0.2 && ten.roundLog2 > -60)
    }
}
