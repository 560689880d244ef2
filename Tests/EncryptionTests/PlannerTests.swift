import FederationFixtures
import HomomorphicEncryption
import SecureAggregation
import Testing

@Suite struct PlannerTests {
    @Test func thePlannerTakesTheSetWithTheLeastTraffic() throws {
        let plan = { try EncryptionParameters.plan(dimension: $0, members: $1, patientLevelPrivacy: false) }
        let head = try plan(1217, 5)
        #expect(head.set == .tiny && head.blocks == 2 && head.ciphertextBytes == 48_128)
        #expect(head.sketchCoordinates == 128 && head.sketchFamilies == 64)
        let network = try plan(97_906, 5)
        #expect(network.set == .small && network.blocks == 3 && network.fields == 4)
        #expect(network.sketchCoordinates == 256 && network.sketchFamilies == 128)
        #expect(try plan(11_700_000, 10).set == .large)
    }

    /// No candidate that fits has fewer bytes, for wishes of every kind; every plan keeps its promises.
    @Test(
        arguments: [1217, 20_000, 97_906, 1_000_000, 11_700_000], [3, 5, 10, 100, 200])
    func noOtherCandidateHasFewerBytes(dimension: Int, members: Int) throws {
        for level in SecurityLevel.allCases {
            for goal in EncryptionWish.Goal.allCases {
                let bytes = { (plan: EncryptionParameters) in goal == .traffic ? plan.traffic : plan.ciphertextBytes }
                let plan = try EncryptionParameters.plan(
                    dimension: dimension, members: members, patientLevelPrivacy: false, securityLevel: level,
                    minimising: goal)
                for set in ParameterSet.allCases {
                    for fields in 1...ParameterSet.fieldsLimit {
                        let other = try? EncryptionParameters(
                            set: set, fields: fields, dimension: dimension, members: members,
                            patientLevelPrivacy: false, securityLevel: level)
                        if let other { #expect(bytes(plan) <= bytes(other)) }
                    }
                }
                #expect(plan.relativeRounding <= 0.01 && plan.failure.roundLog2 < -60)
                #expect(level.bits(of: plan.security) >= 128)
            }
        }
    }

    /// The goal of the benchmark: at most 29 bits a parameter at d = 1 M, ten hospitals and a hundred.
    @Test(arguments: [(10, 6, 24.26), (100, 5, 28.88)] as [(Int, Int, Double)])
    func theCiphertextAloneTakesFewBits(members: Int, fields: Int, bits: Double) throws {
        let plan = try EncryptionParameters.plan(
            dimension: 1_000_000, members: members, patientLevelPrivacy: false, minimising: .ciphertext)
        #expect(plan.set == .large && plan.fields == fields)
        #expect(abs(plan.bitsPerParameter - bits) < 0.01 && plan.bitsPerParameter <= 29)
        #expect(plan.securityBits.quantum >= 128)
        let fixed = try EncryptionParameters.plan(
            dimension: 1_000_000, members: members, patientLevelPrivacy: false, minimising: .ciphertext, set: .small)
        #expect(fixed.set == .small && fixed.ciphertextBytes > plan.ciphertextBytes)
    }

    @Test func aClassicalLevelHalvesTheShares() throws {
        let wish = { (level: SecurityLevel) in
            try EncryptionParameters.plan(
                dimension: 97_906, members: 50, patientLevelPrivacy: false, securityLevel: level)
        }
        let classical = try wish(.classical128)
        #expect(classical.set == .compact && classical.securityBits.classical >= 128)
        #expect(classical.securityBits.quantum < 128)
        #expect(try classical.keyShareBytes * 2 < wish(.quantum128).keyShareBytes + 1000)
    }

    @Test func aFinerRoundingCostsFields() throws {
        let plan = { (millionths: Int) in
            try EncryptionParameters.plan(
                dimension: 97_906, members: 5, patientLevelPrivacy: false,
                roundingTolerance: RoundingTolerance(millionths: millionths))
        }
        #expect(try plan(10_000).fields == 4)
        #expect(try plan(1000).fields == 3)
        #expect(try plan(1).relativeRounding <= 1e-6)
    }

    @Test func moreCoordinatesAreOpenedWhenAsked() throws {
        let plan = try EncryptionParameters.plan(
            dimension: 97_906, members: 5, patientLevelPrivacy: false, coordinates: 512)
        #expect(plan.sketchCoordinates == 512 && plan.sketchFamilies == 256)
        let usual = try EncryptionParameters.plan(dimension: 97_906, members: 5, patientLevelPrivacy: false)
        #expect(plan.security.quantumBits < usual.security.quantumBits || plan.set != usual.set)
    }

    /// Plans that no set has of itself: sums are exact and sketches open to the sketch of the integers.
    @Test(
        arguments: [
            (16_000, 3, SecurityLevel.quantum128, ParameterSet.tiny, 2), (60_000, 3, .classical128, .compact, 4),
            (97_906, 3, .quantum128, .small, 4), (97_906, 3, .quantum128, .large, 6),
        ])
    func plannedRoundsAreExact(
        dimension: Int, members: Int, level: SecurityLevel, set: ParameterSet, fields: Int
    ) throws {
        let plan = try EncryptionParameters.plan(
            dimension: dimension, members: members, patientLevelPrivacy: false, securityLevel: level,
            minimising: .ciphertext, set: set)
        #expect(plan.fields == fields)
        let round = try Federation(plan, threshold: 2)
        let updates = (0..<members).map { round.update($0, share: 1) }
        let dealings = try updates.enumerated().map { try round.deal($0.element, member: $0.offset) }
        let sum = try round.decrypt(dealings, by: [0, 2])
        #expect(sum.values == updates.dropFirst().reduce(updates[0]) { zip($0, $1).map(+) })
        guard case .opened(let sketch) = round.openSketch(of: dealings[1], by: [1, 2]) else {
            Issue.record("the sketch does not open")
            return
        }
        #expect(sketch.digits == round.families.sketch(of: updates[1]))
        #expect(ContractRules.violations(sketch.digits, noise: sketch.noise, plan) == "")
    }
}
