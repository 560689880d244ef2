import FederationFixtures
import HomomorphicEncryption
import Ledger
import RingArithmetic
import Testing

@testable import Federation
@testable import SecureAggregation

/// Coordinators and hospitals that lie: nothing false is published, and who can be named is named.
@Suite struct DishonestyTests {
    /// The smallest change there is: one unit of one integer. It decrypts without a trace in the noise.
    @Test(arguments: [(UInt64(1), 0), (1, 1), (1_000, 0)])
    func coordinatorThatAddsToTheSumIsAccused(delta: UInt64, block: Int) throws {
        let given = try TestFederation(rounds: 2)
        var rehearsal = try Rehearsal(given)
        rehearsal.tampering = { sum, job in
            guard case .openSum(let round, let updates, let answers, let base, _) = job, round.round == 1 else {
                return sum
            }
            return try tampered(sum, by: delta, block, round, updates.count, answers, base, given)
        }
        try rehearsal.run()
        #expect(rehearsal.endings.first == .rolledBack(.reportMismatch, accused: .coordinator))
        #expect(rehearsal.contract.publishedRounds == [2])
        // What it posted was another sum, and opened without an error.
        let posted = try #require(rehearsal.contract.endedRounds[0].sum)
        let honest = try #require(rehearsal.contributed[1]).sorted { $0.key < $1.key }.map(\.value)
        let opened = try #require(try rehearsal.decryptedSum(1))
        let total = (0..<TestFederation.dimension).map { index in honest.reduce(0) { $0 + $1[index] } }
        #expect(opened.values + opened.padding != total + [Int64](repeating: 0, count: opened.padding.count))
        #expect(posted.decryptedSumDigest == rehearsal.sums[1]?.opened.decryptedDigest)
    }

    private func tampered(
        _ sum: SumToPost, by delta: UInt64, _ index: Int, _ round: ClosedRound, _ contributors: Int,
        _ answers: [Int: KeyShareSum], _ base: [Float], _ given: TestFederation
    ) throws -> SumToPost {
        let parameters = given.agreement.encryption
        var blocks = sum.encrypted.blocks
        var block = try #require(Polynomial<CoefficientDomain>(packed: blocks[index], ring: parameters.ring))
        for (prime, modulus) in parameters.moduli.enumerated() {
            var row = block[prime]
            row[0] = (row[0] + parameters.scale % modulus * delta % modulus) % modulus
            block[prime] = row
        }
        blocks[index] = block.packed()
        let opened = try OpenedSum(
            decrypting: { blocks[$0] }, with: answers, contributors: contributors, in: round, over: base,
            under: given.agreement, with: given.publics)
        return SumToPost(encrypted: try EncryptedSum(blocks: blocks, parameters: parameters), opened: opened)
    }

    /// Byte strings where numbers should be, signed by a member, at every tick of every phase.
    @Test func nonsenseOfAMemberStopsNobody() throws {
        let given = try TestFederation(rounds: 1)
        var rehearsal = try Rehearsal(given)
        let digest = try given.federation
        rehearsal.chatter = { member, now in
            guard member == 4 else { return [] }
            let junk = [UInt8](repeating: UInt8(truncatingIfNeeded: now / 2_000), count: 88)
            let nonsense: [Message] = [
                .acknowledged([digest]), .have(records: .max), .upload(round: 1, names: [digest, digest]),
                .sealedShare(round: 1, SealedShare(dealer: 4, recipient: 1_000_000, bytes: junk)),
                .sealedShare(round: 1, SealedShare(dealer: 0, recipient: 1, bytes: junk)),
                .nonceShares(round: 1, [0: junk, 9: junk, 1 << 31: []]),
                .verdictSignature(round: 1, signature: junk), .keyShareSum(round: 1, accepted: [7, 7], bytes: junk),
                .submit(entry: .vote(round: 1, candidate: digest, approve: true), signature: junk),
                .submit(
                    entry: .open(
                        OpenRound(
                            round: 9, parentModel: digest,
                            deadlines: TestFederation.deadlines.instants(
                                from: Instant(milliseconds: now)))), signature: junk),
                .modelRequest(digest), .records([]), .model(names: [digest]),
            ]
            return nonsense.compactMap { try? given.envelope($0, from: .member(4)) }
        }
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 1, "\(rehearsal.endings)")
        #expect([0, 1, 2, 3].allSatisfy { rehearsal.contract.round?.verdict?.accepted.contains($0) == true })
    }

    /// A withheld nonce is opened although one of the helpers gives a false share of it.
    @Test func falseNonceShareDoesNotKeepTheBeaconFromBeingDrawn() throws {
        let given = try TestFederation(members: 7)
        var rehearsal = try Rehearsal(given)
        rehearsal.swallows = { member, message in
            switch message {
            case .submit(.reveal, _): member == 2
            case .nonceShares: member == 0
            default: false
            }
        }
        rehearsal.chatter = { member, _ in
            let lie = Message.nonceShares(round: 1, [2: [UInt8](repeating: 1, count: 88)])
            return member == 0 ? [lie].compactMap { try? given.envelope($0, from: .member(0)) } : []
        }
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 1, "\(rehearsal.endings)")
        #expect(rehearsal.contract.round?.verdict?.accepted == Array(0..<7))
    }

    /// Some members answer the sum opening falsely, others not at all.
    private func rehearsal(_ given: TestFederation, liars: Set<Int>, silent: Set<Int>) throws -> Rehearsal {
        var rehearsal = try Rehearsal(given)
        rehearsal.swallows = { member, message in
            if case .keyShareSum = message { liars.contains(member) || silent.contains(member) } else { false }
        }
        rehearsal.chatter = { member, _ in
            let bytes = [UInt8](repeating: UInt8(member), count: given.agreement.encryption.blockBytes - 1) + [0]
            let lie = Message.keyShareSum(
                round: 1, accepted: Array(given.agreement.members.indices), bytes: bytes)
            return liars.contains(member)
                ? [lie].compactMap { try? given.envelope($0, from: .member(member)) } : []
        }
        return rehearsal
    }

    /// Any t true answers open the sum, whoever lies beside them; the liars are named. With fewer the round is
    /// abandoned. Nothing false is published either way.
    @Test(arguments: [(5, 1, 0), (5, 1, 1), (5, 2, 0), (7, 1, 1), (7, 2, 0), (7, 3, 0)])
    func falseKeySharesOpenNothingFalse(members: Int, lying: Int, absent: Int) throws {
        let given = try TestFederation(members: members)
        let liars = Set(0..<lying)
        let silent = Set(lying..<lying + absent)
        var rehearsal = try rehearsal(given, liars: liars, silent: silent)
        try rehearsal.run()
        if members - lying - absent >= given.agreement.threshold {
            #expect(rehearsal.publishedCount == 1, "\(rehearsal.endings)")
            #expect(rehearsal.sums[1]?.opened.liars == liars.sorted())
            let honest = try #require(rehearsal.contributed[1])
            let sum = (0..<TestFederation.dimension).map { index in honest.values.reduce(0) { $0 + $1[index] } }
            #expect(try rehearsal.decryptedSum(1)?.values == sum)
            for liar in liars {
                #expect(rehearsal.reports.contains { $0.contains(given.agreement.members[liar].name) })
            }
        } else {
            #expect(rehearsal.endings == [.abandoned(.sum, .deadline)])
            #expect(rehearsal.contract.lastPublishedModel == given.agreement.initialModel)
            #expect(rehearsal.sums.isEmpty)
        }
    }

    @Test func subsetsComeInOrderOnceEach() {
        #expect(Array([1, 2, 3].subsets(of: 2)) == [[1, 2], [1, 3], [2, 3]])
        #expect(Array(Array(0..<7).subsets(of: 4)).count == 35)
        #expect(Set(Array(0..<7).subsets(of: 4)).count == 35)
        #expect(Array([1, 2].subsets(of: 3)).isEmpty && Array([1, 2].subsets(of: 2)) == [[1, 2]])
    }

    @Test func refusedCandidateIsRolledBack() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        for member in 0..<2 { rehearsal.trainers[member].approvesCandidates = false }
        try rehearsal.run()
        #expect(rehearsal.endings == [.rolledBack(.votedDown, accused: nil)])
        for hospital in rehearsal.hospitals { #expect(hospital.model == given.initialModel) }
    }

    /// The set accepted does not depend on the network, so neither does the model.
    @Test(arguments: [UInt64(1), 2, 3])
    func faultyNetworkChangesNoModel(seed: UInt64) throws {
        let given = try TestFederation(rounds: 2)
        var calm = try Rehearsal(given, seed: 5)
        var stormy = try Rehearsal(
            given, seed: 5, weatherSeed: seed,
            network: Rehearsal.Network(loss: 0.1, duplication: 0.1, reordering: 0.2, delayMilliseconds: 30))
        try calm.run()
        try stormy.run()
        #expect(stormy.lostMessages > 10)
        #expect(calm.publishedCount == 2 && stormy.publishedCount == 2)
        for round in 0..<2 {
            let undisturbed = calm.contract.endedRounds[round]
            let disturbed = stormy.contract.endedRounds[round]
            #expect(disturbed.verdict?.accepted == undisturbed.verdict?.accepted)
            #expect(disturbed.ending == undisturbed.ending)
        }
    }
}
