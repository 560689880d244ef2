import FederationFixtures
import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SecureAggregation
import Testing

/// What one lying member, dealer or coordinator can do to an opening, and how it shows.
@Suite struct ForgeryTests {
    private func forged(
        _ answer: SketchAnswer, row: Int, shift: Int64, by liar: Int, among members: [Int], _ round: Federation
    ) throws -> SketchAnswer {
        let count = round.parameters.sketchCoordinates
        let size = PackedResidues.byteCount(count)
        let bytes = answer.bytes
        let points = members.map { round.sharing.point(of: $0) }
        var result: [UInt8] = []
        for (prime, modulus) in round.parameters.moduli.enumerated() {
            let field = PrimeField(modulus: modulus)
            var residues = try #require(
                PackedResidues.unpack(bytes[prime * size..<(prime + 1) * size], count: count, modulus: modulus))
            let index = try #require(members.firstIndex(of: liar))
            let weight = field.lagrangeWeights(at: 0, from: points)[index]
            let amount = field.multiply(round.parameters.scale, UInt64(shift))
            residues[row] = field.subtract(residues[row], field.multiply(amount, field.inverse(weight)))
            result += PackedResidues.pack(residues)
        }
        return try SketchAnswer(bytes: result, parameters: round.parameters)
    }

    @Test(arguments: Plan.allCases)
    func oneLiarAmongExactlyTShiftsADigitAndIsCaughtByOneMoreAnswer(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 5), threshold: 3)
        let dealing = try round.deal(round.update(0), member: 0)
        let members = [0, 2, 4]
        var answers = Dictionary(
            uniqueKeysWithValues: members.map { ($0, round.families.answer(dealing.share(for: $0))) })
        let linear = round.families.linearPart(of: dealing.update)
        guard case .opened(let honest) = round.families.open(linear, answers, sharing: round.sharing) else {
            Issue.record("the honest sketch did not open")
            return
        }
        answers[2] = try forged(try #require(answers[2]), row: 5, shift: 1000, by: 2, among: members, round)
        guard case .opened(let shifted) = round.families.open(linear, answers, sharing: round.sharing) else {
            Issue.record("t answers always open")
            return
        }
        var expected = honest.digits
        expected[5 * round.parameters.fields] += 1000
        #expect(shifted.digits == expected)
        #expect(shifted.noise == honest.noise)
        // The dealer contests: its share for the liar gives another answer, and matches the commitment.
        let published = dealing.share(for: 2)
        #expect(round.families.answer(published) != answers[2])
        #expect(published.matches(dealing.commitments[2], context: round.context(0).bytes))
        answers[3] = round.families.answer(dealing.share(for: 3))
        #expect(round.families.open(linear, answers, sharing: round.sharing) == .offPolynomial)
    }

    @Test(arguments: Plan.allCases)
    func aShareOffThePolynomialIsFoundByOneAnswerMoreThanT(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 4), threshold: 3)
        for prime in round.parameters.moduli.indices {
            let dealing = try round.cheat(
                .inconsistentShare(recipient: 2, prime: prime, coefficient: 77 + prime), round.update(0), member: 0)
            #expect(dealing.share(for: 2).matches(dealing.commitments[2], context: round.context(0).bytes))
            var answers = Dictionary(
                uniqueKeysWithValues: [0, 1, 2].map { ($0, round.challenge.answer(dealing.share(for: $0))) })
            #expect(round.challenge.isConsistent(answers, sharing: round.sharing), "t answers prove nothing")
            answers[3] = round.challenge.answer(dealing.share(for: 3))
            #expect(!round.challenge.isConsistent(answers, sharing: round.sharing))
        }
    }

    @Test(arguments: Plan.allCases)
    func anHonestSharingIsConsistent(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 5), threshold: 3)
        let dealing = try round.deal(round.update(0), member: 0)
        var answers: [Int: ConsistencyAnswer] = [:]
        for member in 0..<5 {
            let answer = round.challenge.answer(dealing.share(for: member))
            answers[member] = try ConsistencyAnswer(bytes: answer.bytes, parameters: round.parameters)
            #expect(round.challenge.isConsistent(answers, sharing: round.sharing) == (answers.count >= 3))
        }
        let other = try round.deal(round.update(1), member: 1)
        answers[4] = round.challenge.answer(other.share(for: 4))
        #expect(!round.challenge.isConsistent(answers, sharing: round.sharing))
    }

    /// A coordinator that adds Δ·δ to the encrypted sum: noise is silent, the sketch of the sum and the block reports
    /// are not.
    @Test(arguments: Plan.allCases)
    func aSumThatTheCoordinatorChangedIsNotTheSumOfTheSketches(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 3), threshold: 2)
        let updates = (0..<3).map { round.update($0) }
        let dealings = try updates.enumerated().map { try round.deal($1, member: $0) }
        let answers = Dictionary(
            uniqueKeysWithValues: [0, 2].map { recipient in
                (
                    recipient,
                    KeyShareSum(summing: dealings.map { $0.share(for: recipient) }, parameters: round.parameters)
                )
            })
        let key = try #require(KeySum.reconstruct(answers, sharing: round.sharing, parameters: round.parameters))
        let honest = try EncryptedSum(dealings.map(\.update), parameters: round.parameters)
        var added = try #require(
            Polynomial<CoefficientDomain>(packed: honest.blocks[0], ring: round.parameters.ring))
        round.polynomials.packing.add([12_345], to: &added)
        var blocks = honest.blocks
        blocks[0] = added.packed()
        let changed = try EncryptedSum(blocks: blocks, parameters: round.parameters)
        let open = { sum in
            try DecryptedSum.open(
                sum, with: key, polynomials: round.polynomials, contributors: 3, parameters: round.parameters)
        }
        let sketches = updates.map { round.families.sketch(of: $0) }
        let expected = sketches[0].indices.map { index in sketches.reduce(0) { $0 + $1[index] } }
        #expect(round.sketch(of: try open(honest)) == expected)
        #expect(round.families.sketch(of: try open(honest).values) == expected)
        #expect(round.sketch(of: try open(changed)) != expected)
        let chunks = dealings.map { $0.update.blocks[0] }
        #expect(try EncryptedSum.block(0, of: chunks, parameters: round.parameters) == honest.blocks[0])
        #expect(try EncryptedSum.block(0, of: chunks, parameters: round.parameters) != changed.blocks[0])
    }

    /// A hospital that puts integers behind the last parameter neither changes the sum nor makes its check fail.
    @Test(arguments: Plan.allCases)
    func valuesHiddenInThePaddingChangeNothing(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 3), threshold: 2)
        let last = round.parameters.coefficients - 1
        let hidden = round.parameters.moduli.map { _ in round.parameters.scale * 4321 }
        let updates = (0..<3).map { round.update($0) }
        var dealings = try (1..<3).map { try round.deal(updates[$0], member: $0) }
        dealings.insert(try round.cheat(.payload([last: hidden]), updates[0], member: 0), at: 0)
        let sum = try round.decrypt(dealings, by: [0, 1])
        #expect(sum.values == updates[0].indices.map { index in updates.reduce(0) { $0 + $1[index] } })
        let opened = dealings.map { dealing -> [Int64] in
            guard case .opened(let sketch) = round.openSketch(of: dealing, by: [1, 2]) else { return [] }
            return sketch.digits
        }
        let expected = opened[0].indices.map { index in opened.reduce(0) { $0 + $1[index] } }
        #expect(round.sketch(of: sum) == expected)
        #expect(round.families.sketch(of: sum.values) != expected)
    }

    /// A coordinator that adds a huge multiple of Δ: refused, not a crash of the sketch.
    @Test(arguments: Plan.allCases)
    func aSumBeyondItsDigitsIsRefused(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 3), threshold: 2)
        let half = round.parameters.moduli.map { ($0 - 1) / 2 }
        let honest = try round.deal(round.update(1), member: 1)
        let cheat = try round.cheat(.payload([3: half]), round.update(0), member: 0)
        #expect(throws: AggregationError.self) { try round.decrypt([cheat, honest], by: [0, 1]) }
    }

    @Test(arguments: Plan.allCases)
    func aLieInTheKeySumIsSeen(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 3), threshold: 2)
        let dealings = try (0..<3).map { try round.deal(round.update($0), member: $0) }
        var answers = Dictionary(
            uniqueKeysWithValues: (0..<3).map { recipient in
                (
                    recipient,
                    KeyShareSum(summing: dealings.map { $0.share(for: recipient) }, parameters: round.parameters)
                )
            })
        // One member answers for two dealers only.
        answers[1] = KeyShareSum(summing: dealings[0..<2].map { $0.share(for: 1) }, parameters: round.parameters)
        #expect(KeySum.reconstruct(answers, sharing: round.sharing, parameters: round.parameters) == nil)
        answers[0] = nil
        let wrong = try #require(KeySum.reconstruct(answers, sharing: round.sharing, parameters: round.parameters))
        let sum = try EncryptedSum(dealings.map(\.update), parameters: round.parameters)
        let error = #expect(throws: AggregationError.self) {
            try DecryptedSum.open(
                sum, with: wrong, polynomials: round.polynomials, contributors: 3, parameters: round.parameters)
        }
        #expect(error?.code == .noiseOutOfBounds)
    }
}
