import FederationFixtures
import Foundation
import HomomorphicEncryption
import RingArithmetic
import SecureAggregation
import Testing

@Suite struct ParameterTests {
    /// Integers of Tests/Vectors/parameter_vectors.py.
    @Test(
        arguments: [
            (ParameterSet.tiny, nil, 1217, 5, 1, 2, 6086, 23_124_792_683, 1_557_304_544),
            (.compact, 4, 50_000, 7, 4, 4, 8606, 1_231_698, 67_675),
            (.small, nil, 97_906, 5, 3, 4, 12_171, 117_624_496, 7_921_245),
            (.small, nil, 97_906, 3, 3, 4, 12_171, 117_624_496, 7_921_245),
            (.small, 4, 97_906, 5, 4, 3, 10_540, 1_170_832, 78_847),
            (.small, nil, 10_000, 4, 1, 2, 8606, 1_099_511_627_776, 74_044_964_570),
            (.large, nil, 1_000_000, 10, 5, 25, 30_427, 39_119_568, 1_504_598),
            (.large, 6, 1_000_000, 10, 6, 21, 27_886, 2_154_305, 82_857),
            (.large, nil, 1_000_000, 100, 5, 25, 30_427, 39_119_568, 150_459),
            (.large, nil, 11_700_000, 10, 5, 286, 102_911, 30_658_684, 1_179_180),
        ] as [(ParameterSet, Int?, Int, Int, Int, Int, UInt64, UInt64, Int64)])
    func numbersEqualThoseOfPython(
        set: ParameterSet, asked: Int?, dimension: Int, members: Int, fields: Int, blocks: Int, scale: UInt64,
        width: UInt64, bound: Int64
    ) throws {
        let parameters = try EncryptionParameters(
            set: set, fields: asked, dimension: dimension, members: members, patientLevelPrivacy: false,
            securityLevel: set == .compact ? .classical128 : .quantum128)
        #expect(parameters.fields == fields)
        #expect(parameters.blocks == blocks)
        #expect(parameters.scale == scale)
        #expect(parameters.fieldWidth == width)
        #expect(parameters.normBound == bound)
    }

    @Test func coarseRoundingIsRefused() throws {
        // Five fields leave too few bits for a hundred hospitals: √(d/6)/B is 1.2 %.
        let make = { tolerance in
            try EncryptionParameters(
                set: .large, fields: 5, dimension: 11_700_000, members: 100, patientLevelPrivacy: false,
                roundingTolerance: tolerance)
        }
        let error = #expect(throws: EncryptionError.self) { try make(.standard) }
        #expect(error?.code == .roundingTooCoarse)
        let tolerated = try make(RoundingTolerance(millionths: 12_000))
        #expect((0.01...0.012).contains(tolerated.relativeRounding))
    }

    @Test(arguments: [0, -1, 20_001, .max])
    func aToleranceOutOfRangeIsRefused(millionths: Int) {
        #expect(throws: EncryptionError.self) { try RoundingTolerance(millionths: millionths) }
    }

    @Test(arguments: Plan.allCases)
    func parametersTravelAndAreCheckedOnArrival(plan: Plan) throws {
        let parameters = try plan.parameters(members: 4)
        let data = try JSONEncoder().encode(parameters)
        #expect(try JSONDecoder().decode(EncryptionParameters.self, from: data) == parameters)
        let text = try #require(String(data: data, encoding: .utf8))
        let broken = text.replacingOccurrences(of: "\"members\":4", with: "\"members\":100000")
        #expect(throws: EncryptionError.self) {
            try JSONDecoder().decode(EncryptionParameters.self, from: Data(broken.utf8))
        }
        for (choice, other) in [
            ("\"roundingToleranceMillionths\":10000", "\"roundingToleranceMillionths\":19999"),
            ("\"securityLevel\":\"quantum128\"", "\"securityLevel\":\"classical128\""),
            ("\"patientLevelPrivacy\":false", "\"patientLevelPrivacy\":true"),
            ("\"coordinates\":256", "\"coordinates\":320"),
        ] where text.contains(choice) || plan != .tiny {
            let changed = text.replacingOccurrences(of: choice, with: other)
            #expect(try JSONDecoder().decode(EncryptionParameters.self, from: Data(changed.utf8)) != parameters)
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
