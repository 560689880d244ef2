import FederationFixtures
import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SecureAggregation
import Testing

@Suite struct RoundTests {
    @Test(arguments: Plan.allCases, [3, 4, 5])
    func theDecryptedSumEqualsTheIntegerSum(plan: Plan, members: Int) throws {
        let threshold = members / 2 + 1
        let round = try Federation(plan.parameters(members: members), threshold: threshold, seed: UInt8(members))
        let updates = (0..<members).map { round.update($0) }
        let dealings = try updates.enumerated().map { try round.deal($1, member: $0) }
        let accepted = Array(0..<members - 1)
        let sum = try round.decrypt(accepted.map { dealings[$0] }, by: Array((members - threshold)..<members))
        let expected = (0..<round.parameters.dimension).map { index in accepted.reduce(0) { $0 + updates[$1][index] } }
        #expect(sum.values == expected)
    }

    @Test(arguments: Plan.allCases)
    func anOpenedSketchEqualsTheSketchInTheClear(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 4), threshold: 3)
        let values = round.update(0, share: 1)
        let dealing = try round.deal(values, member: 0)
        guard case .opened(let opened) = round.openSketch(of: dealing, by: [0, 2, 3]) else {
            Issue.record("the sketch did not open")
            return
        }
        #expect(opened.digits == round.families.sketch(of: values))
        #expect(opened.digits.count == round.parameters.fields * round.parameters.sketchCoordinates)
    }

    /// The size that hospitals train: a million integers, ten hospitals, seven of whom open.
    @Test func aMillionIntegersOfTenHospitalsAddUpExactly() throws {
        let parameters = try EncryptionParameters(
            set: .large, dimension: 1_000_000, members: 10, patientLevelPrivacy: false)
        let round = try Federation(parameters, threshold: 7)
        var expected = [Int64](repeating: 0, count: parameters.dimension)
        var dealings: [Dealing] = []
        for member in 0..<10 {
            let values = round.update(member, share: 1)
            for index in expected.indices { expected[index] += values[index] }
            dealings.append(try round.deal(values, member: member))
        }
        #expect(try round.decrypt(dealings, by: [0, 2, 3, 5, 6, 8, 9]).values == expected)
        guard case .opened(let opened) = round.openSketch(of: dealings[4], by: [0, 1, 2, 3, 5, 6, 7]) else {
            Issue.record("the sketch did not open")
            return
        }
        #expect(opened.digits == round.families.sketch(of: round.update(4, share: 1)))
    }
}
