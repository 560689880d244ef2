import FederationFixtures
import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SecureAggregation
import Testing

/// The forms that hold one block give the bytes of the forms that hold everything.
@Suite struct StreamingTests {
    @Test(arguments: Plan.allCases)
    func blockByBlockEqualsAllAtOnce(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 4), threshold: 3)
        let parameters = round.parameters
        let derived = PublicPolynomials(
            parameters: parameters, federation: round.federation, seed: round.seed, keepingBlocks: false)
        for block in 0..<parameters.blocks {
            #expect(derived[block].equals(round.polynomials[block]))
        }
        let families = SketchFamilies(
            parameters: parameters, polynomials: derived, beacon: [UInt8](repeating: round.seed[0], count: 32))
        let dealings = try (0..<3).map { try round.deal(round.update($0), member: $0) }
        #expect(families.answer(dealings[0].share(for: 1)) == round.families.answer(dealings[0].share(for: 1)))

        var blocks = families.blocks()
        var parts = dealings.map { _ in LinearPartAccumulation(families: families) }
        var sums: [[UInt8]] = []
        for block in 0..<parameters.blocks {
            blocks.advance()
            var sum = BlockSum(block: block, parameters: parameters)
            for (index, dealing) in dealings.enumerated() {
                try parts[index].add(dealing.update.blocks[block], of: blocks)
                try sum.add(dealing.update.blocks[block])
            }
            sums.append(try sum.packed())
        }
        for (part, dealing) in zip(parts, dealings) {
            #expect(part.linearPart(of: families) == round.families.linearPart(of: dealing.update))
        }
        #expect(try EncryptedSum(dealings.map(\.update), parameters: parameters).blocks == sums)
    }

    @Test func malformedBlocksAreRefusedAndChangeNothing() throws {
        let round = try Federation(Plan.small.parameters(members: 4), threshold: 3)
        let parameters = round.parameters
        let dealing = try round.deal(round.update(0), member: 0)
        var sum = BlockSum(block: 0, parameters: parameters)
        #expect(throws: AggregationError.self) { try sum.packed() }
        try sum.add(dealing.update.blocks[0])
        let before = try sum.packed()
        for bad in [[], Array(before.dropLast()), [UInt8](repeating: 255, count: before.count)] {
            #expect(throws: AggregationError.self) { try sum.add(bad) }
        }
        #expect(try sum.packed() == before)
    }

    @Test func anOpeningWantsEveryBlockOnce() throws {
        let round = try Federation(Plan.tiny.parameters(members: 4), threshold: 3)
        let dealings = try (0..<2).map { try round.deal(round.update($0), member: $0) }
        let answers = Dictionary(
            uniqueKeysWithValues: (0..<3).map { helper in
                (
                    helper,
                    KeyShareSum(summing: dealings.map { $0.share(for: helper) }, parameters: round.parameters)
                )
            })
        let key = try #require(
            KeySum.reconstruct(answers, sharing: round.sharing, parameters: round.parameters))
        let blocks = try EncryptedSum(dealings.map(\.update), parameters: round.parameters).blocks
        var opening = try SumOpening(
            key: key, polynomials: round.polynomials, contributors: 2, parameters: round.parameters)
        var digits = try opening.open(blocks[0])
        let early = opening
        #expect(throws: AggregationError.self) { try early.digest() }
        for block in blocks.dropFirst() {
            digits += try opening.open(block)
        }
        #expect(throws: AggregationError.self) { try opening.open(blocks[0]) }
        let whole = try round.decrypt(dealings, by: [0, 1, 2])
        #expect(digits == whole.values + whole.padding)
        #expect(try opening.digest() == whole.digest)
    }
}
