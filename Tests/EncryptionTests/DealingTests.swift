import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SecureAggregation
import Testing

@Suite struct DealingTests {
    @Test(arguments: Plan.allCases)
    func theSameSeedGivesTheSameBytes(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 4), threshold: 3)
        let first = try round.deal(round.update(0), member: 0)
        let second = try round.deal(round.update(0), member: 0)
        #expect(first.update == second.update)
        #expect(first.commitments == second.commitments)
        #expect(first.nonce == second.nonce)
        #expect(first.share(for: 3).bytes == second.share(for: 3).bytes)
    }

    /// A generator that is replayed after a restore: another message, member or seed has another key, sharing and
    /// nonce.
    @Test func aReplayedGeneratorNeverUsesOneSecretForTwoMessages() throws {
        let round = try Federation(Plan.tiny.parameters(members: 4), threshold: 3)
        let later = try Federation(Plan.tiny.parameters(members: 4), threshold: 3, seed: 2)
        let values = round.update(0)
        var changed = values
        changed[0] += 1
        func deal(_ round: Federation, _ values: [Int64], _ member: Int) throws -> Dealing {
            var replayed = KeyedStream(key: [1], label: "replayed")
            return try Dealing(
                update: values, parameters: round.parameters, sharing: round.sharing, polynomials: round.polynomials,
                context: round.context(member), using: &replayed)
        }
        let dealings = [
            try deal(round, values, 0), try deal(round, changed, 0), try deal(round, values, 1),
            try deal(later, values, 0),
        ]
        #expect(Set(dealings.map(\.nonce)).count == 4)
        #expect(Set(dealings.map { $0.share(for: 0).key.packed() }).count == 4)
        // With one key the difference of two ciphertexts would be small: here it is as large as the modulus allows.
        let modulus = round.parameters.moduli[0]
        var difference = try #require(
            Polynomial<CoefficientDomain>(packed: dealings[0].update.blocks[1], ring: round.parameters.ring))
        difference -= try #require(
            Polynomial<CoefficientDomain>(packed: dealings[1].update.blocks[1], ring: round.parameters.ring))
        let large = difference[0].count { $0 > 1 << 40 && $0 < modulus - (1 << 40) }
        #expect(large > 3900)
    }

    @Test(arguments: Plan.allCases)
    func aShareBelongsToItsDealerRecipientAndRound(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 4), threshold: 3)
        let later = try Federation(plan.parameters(members: 4), threshold: 3, seed: 2)
        let dealing = try round.deal(round.update(0), member: 0)
        let share = dealing.share(for: 1)
        let context = round.context(0).bytes
        #expect(share.matches(dealing.commitments[1], context: context))
        #expect(!share.matches(dealing.commitments[2], context: context))
        #expect(!share.matches(dealing.commitments[1], context: round.context(1).bytes))
        #expect(!share.matches(dealing.commitments[1], context: later.context(0).bytes))
        // The same bytes readdressed to another recipient or dealer.
        for address in [0, 4] {
            var bytes = share.bytes
            bytes[address] = 3
            let moved = try DealtShare(bytes: bytes, parameters: round.parameters)
            #expect(!moved.matches(dealing.commitments[1], context: context))
        }
        for part in [8, share.bytes.count - 150, share.bytes.count - 100, share.bytes.count - 1] {
            var bytes = share.bytes
            bytes[part] ^= 1
            let altered = try DealtShare(bytes: bytes, parameters: round.parameters)
            #expect(!altered.matches(dealing.commitments[1], context: context))
        }
        let copy = try ShareCommitment(bytes: dealing.commitments[1].bytes)
        #expect(copy == dealing.commitments[1])
    }

    @Test(arguments: Plan.allCases)
    func theNonceOpensFromTSharesAndNoFewer(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 5), threshold: 3)
        let dealing = try round.deal(round.update(0), member: 0)
        let context = round.context(0)
        var shares: [Int: SaltedNonceShare] = [:]
        for member in [4, 1, 0, 2] {
            let part = dealing.share(for: member).noncePart
            shares[member] = try SaltedNonceShare(bytes: part.bytes)
            #expect(
                part.matches(
                    digest: dealing.commitments[member].nonce, context: context.bytes, dealer: 0, recipient: member))
            #expect(
                !part.matches(
                    digest: dealing.commitments[3].nonce, context: context.bytes, dealer: 0, recipient: member))
            let opened = reconstructNonce(shares, sharing: round.sharing, parameters: round.parameters)
            #expect(opened == (shares.count >= 3 ? dealing.nonce : nil))
        }
        #expect(context.nonceDigest(of: dealing.nonce) == dealing.nonceDigest)
        let other = try round.deal(round.update(0), member: 0, random: 2)
        shares[3] = other.share(for: 3).noncePart
        #expect(reconstructNonce(shares, sharing: round.sharing, parameters: round.parameters) == nil)
    }

    /// t−1 shares: interpolated as if they were enough, they give uniform residues. χ² with 15 degrees of freedom below
    /// 60 a prime: a false alarm in 3e6 runs.
    @Test(arguments: Plan.allCases)
    func fewerThanTSharesOpenNothing(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 4), threshold: 3)
        let dealing = try round.deal(round.update(0), member: 0)
        for (prime, modulus) in round.parameters.moduli.enumerated() {
            let field = PrimeField(modulus: modulus)
            let rows = [dealing.share(for: 1).key[prime], dealing.share(for: 3).key[prime]]
            #expect(
                Reconstruction.open([1: rows[0], 3: rows[1]], policy: round.sharing, field: field) == .tooFew)
            var guess = [UInt64](repeating: 0, count: round.parameters.ringDegree)
            for (weight, row) in zip(field.lagrangeWeights(at: 0, from: [2, 4]), rows) {
                field.add(row, times: weight, to: &guess)
            }
            for values in rows + [guess] {
                var cells = [Double](repeating: 0, count: 16)
                values.forEach { cells[Int($0 >> 43)] += 1 }
                let expected = Double(values.count) / 16
                #expect(cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected } < 60)
            }
        }
        #expect(round.openSketch(of: dealing, by: [1, 3]) == .tooFewAnswers)
    }

    @Test func wrongUpdatesAreRefused() throws {
        let round = try Federation(Plan.tiny.parameters(members: 4), threshold: 3)
        var values = round.update(0, share: 0)
        values[3] = round.parameters.normBound
        #expect(throws: Never.self) { try round.deal(values, member: 0) }
        values[4] = 1
        let error = #expect(throws: AggregationError.self) { try round.deal(values, member: 0) }
        #expect(error?.code == .updateOutOfBounds)
        #expect(throws: AggregationError.self) { try round.deal(Array(values.dropLast()), member: 0) }
    }

    @Test func malformedBlocksAreRefused() throws {
        let round = try Federation(Plan.small.parameters(members: 3), threshold: 2)
        let blocks = try round.deal(round.update(0), member: 0).update.blocks
        let parameters = round.parameters
        #expect(throws: Never.self) { try EncryptedUpdate(blocks: blocks, parameters: parameters) }
        #expect(throws: AggregationError.self) {
            try EncryptedUpdate(blocks: Array(blocks.dropLast()), parameters: parameters)
        }
        var short = blocks
        short[1].removeLast()
        #expect(throws: AggregationError.self) { try EncryptedUpdate(blocks: short, parameters: parameters) }
        // All ones is 2^47 − 1, above every prime: in the first and in the last residue.
        for range in [0..<6, blocks[0].count - 6..<blocks[0].count] {
            var large = blocks
            large[0].replaceSubrange(range, with: repeatElement(255, count: range.count))
            #expect(throws: AggregationError.self) { try EncryptedUpdate(blocks: large, parameters: parameters) }
            #expect(!EncryptedUpdate.isWellFormed(block: large[0], parameters: parameters))
        }
    }

    @Test func erasedDealingsHoldNothing() throws {
        let round = try Federation(Plan.tiny.parameters(members: 3), threshold: 2)
        var dealing = try round.deal(round.update(0), member: 0)
        var share = dealing.share(for: 1)
        dealing.erase()
        share.erase()
        #expect(dealing.nonce.allSatisfy { $0 == 0 })
        #expect(share.bytes.allSatisfy { $0 == 0 })
        #expect(share.description == "DealtShare(dealer: 0, recipient: 1)")
    }
}
