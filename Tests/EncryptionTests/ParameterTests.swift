import Foundation
import HomomorphicEncryption
import RingArithmetic
import SecureAggregation
import Testing

@Suite struct ParameterTests {
    /// Integers of Tests/Vectors/parameter_vectors.py.
    @Test(
        arguments: [
            (ParameterSet.tiny, 1217, 5, 1, 2, 5796, 24_281_830_274, 1_867_833_098),
            (.small, 97_906, 5, 3, 4, 11_591, 119_554_582, 9_196_506),
            (.small, 97_906, 3, 3, 4, 11_591, 119_554_582, 10_567_231),
            (.small, 10_000, 4, 1, 2, 8196, 1_099_511_627_776, 97_184_015_999),
            (.large, 1_000_000, 10, 5, 25, 28_978, 39_503_192, 1_519_353),
            (.large, 11_700_000, 10, 5, 286, 98_010, 30_959_347, 1_190_744),
        ] as [(ParameterSet, Int, Int, Int, Int, UInt64, UInt64, Int64)])
    func numbersEqualThoseOfPython(
        set: ParameterSet, dimension: Int, members: Int, fields: Int, blocks: Int, scale: UInt64, width: UInt64,
        bound: Int64
    ) throws {
        let parameters = try EncryptionParameters(
            set: set, dimension: dimension, members: members, patientLevelPrivacy: false)
        #expect(parameters.fields == fields)
        #expect(parameters.blocks == blocks)
        #expect(parameters.scale == scale)
        #expect(parameters.fieldWidth == width)
        #expect(parameters.normBound == bound)
    }

    @Test func thePlannerTakesTheSetWithTheLeastTraffic() throws {
        let plan = { try EncryptionParameters.plan(dimension: $0, members: $1, patientLevelPrivacy: false) }
        let head = try plan(1217, 5)
        #expect(head.set == .tiny && head.blocks == 2 && head.ciphertextBytes == 48_128)
        #expect(head.sketchCoordinates == 128 && head.sketchFamilies == 64)
        let network = try plan(97_906, 5)
        #expect(network.set == .small && network.blocks == 4 && network.fields == 3)
        #expect(network.sketchCoordinates == 256 && network.sketchFamilies == 128)
        #expect(try plan(11_700_000, 10).set == .large)
        for set in ParameterSet.allCases {
            #expect(set.securityBits.quantum >= 128)
        }
    }

    @Test func coarseRoundingIsRefused() throws {
        // Five fields leave too few bits for a hundred hospitals: √(d/6)/B is 1.2 %.
        let error = #expect(throws: EncryptionError.self) {
            try EncryptionParameters(
                set: .large, fields: 5, dimension: 11_700_000, members: 100, patientLevelPrivacy: false)
        }
        #expect(error?.code == .roundingTooCoarse)
        let plan = try EncryptionParameters.plan(dimension: 11_700_000, members: 100, patientLevelPrivacy: false)
        #expect(plan.fields < 5)
        let rounding = (Double(plan.dimension) / 6).squareRoot() / Double(plan.normBound)
        #expect(rounding <= 0.01)
    }

    @Test func aRevealingSketchIsRefusedUnlessPrivacyProtectsTheUpdate() throws {
        let error = #expect(throws: EncryptionError.self) {
            try EncryptionParameters.plan(dimension: 1023, members: 5, patientLevelPrivacy: false)
        }
        #expect(error?.code == .sketchTooRevealing)
        #expect(error?.message.contains("1024") == true)
        let smallest = try EncryptionParameters.plan(dimension: 1024, members: 5, patientLevelPrivacy: false)
        #expect(smallest.set == .tiny && smallest.revealedShare == 0.125)
        let protected = try EncryptionParameters.plan(dimension: 1023, members: 5, patientLevelPrivacy: true)
        #expect(protected.set == .tiny)
        #expect(throws: EncryptionError.self) {
            try EncryptionParameters.plan(dimension: 1217, members: 1, patientLevelPrivacy: true)
        }
    }

    @Test(arguments: Plan.allCases)
    func parametersTravelAndAreCheckedOnArrival(plan: Plan) throws {
        let parameters = try plan.parameters(members: 4)
        let data = try JSONEncoder().encode(parameters)
        #expect(try JSONDecoder().decode(EncryptionParameters.self, from: data) == parameters)
        let text = try #require(String(data: data, encoding: .utf8))
        let broken = text.replacingOccurrences(of: "\"members\":4", with: "\"members\":100000")
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode(EncryptionParameters.self, from: Data(broken.utf8))
        }
    }

    /// All members at the bound on one coordinate, one sign: the sum still decrypts exactly.
    @Test(arguments: Plan.allCases)
    func sumsAtTheBoundStayWithinTheirDigits(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 5), threshold: 3)
        for sign: Int64 in [1, -1] {
            for coordinate in 0..<round.parameters.fields {
                var values = [Int64](repeating: 0, count: round.parameters.dimension)
                values[coordinate] = sign * round.parameters.normBound
                let dealings = try (0..<5).map { try round.deal(values, member: $0) }
                let sum = try round.decrypt(dealings, by: [0, 1, 4])
                #expect(sum.values == values.map { 5 * $0 })
            }
        }
    }
}
