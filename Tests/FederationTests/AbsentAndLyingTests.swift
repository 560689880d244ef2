import FederationFixtures
import HomomorphicEncryption
import Ledger
import SecureAggregation
import Testing

@testable import Federation

/// Every pattern of absent and lying hospitals against the promise: absent and lying together up to n − t, the round
/// publishes without the liars; beyond it, it ends cleanly. No honest hospital is ever excluded.
@Suite struct AbsentAndLyingTests {
    /// Liars lie about everybody in openings 1 and 2 and again in the sum; the absent vanish after the beacon.
    private func rehearsal(_ given: TestFederation, absent: Set<Int>, lying: Set<Int>) throws -> Rehearsal {
        var rehearsal = try Rehearsal(given)
        let lies = OpeningLies(given: given)
        let everybody = Set(given.agreement.members.indices)
        rehearsal.isSilent = { member, _, phase in absent.contains(member) && phase >= .sketch }
        rehearsal.lies = { member, event in
            guard lying.contains(member), case .answered(let answers) = event else { return event }
            return .answered(lies.forged(answers, by: member, about: everybody.subtracting([member])))
        }
        rehearsal.swallows = { member, message in
            if case .keyShareSum = message { lying.contains(member) } else { false }
        }
        let accepted = everybody.subtracting(lying).sorted()
        rehearsal.chatter = { member, _ in
            let bytes = [UInt8](repeating: UInt8(member), count: given.agreement.encryption.blockBytes - 1) + [0]
            let lie = Message.keyShareSum(round: 1, accepted: accepted, bytes: bytes)
            return lying.contains(member)
                ? [lie].compactMap { try? given.envelope($0, from: .member(member)) } : []
        }
        return rehearsal
    }

    private func check(_ given: TestFederation, absent: Set<Int>, lying: Set<Int>) throws {
        var rehearsal = try rehearsal(given, absent: absent, lying: lying)
        try rehearsal.run()
        let agreement = given.agreement
        let round = try #require(rehearsal.contract.endedRounds.first)
        let name = "n = \(agreement.members.count), absent \(absent.sorted()), lying \(lying.sorted())"
        let excluded = Set(round.verdict?.exclusions.map(\.member) ?? [])
        #expect(excluded.isSubset(of: lying), "\(name)")
        #expect(round.removed.isEmpty, "\(name)")
        if absent.count + lying.count <= agreement.members.count - agreement.threshold {
            #expect(rehearsal.publishedCount == 1, "\(name): \(rehearsal.endings) \(rehearsal.reports)")
            #expect(excluded == lying, "\(name)")
            let honest = agreement.members.indices.filter { !lying.contains($0) }
            let values = try honest.map { try #require(rehearsal.contributed[1]?[$0]) }
            let sum = (0..<TestFederation.dimension).map { index in values.reduce(0) { $0 + $1[index] } }
            #expect(try rehearsal.decryptedSum(1)?.values == sum, "\(name)")
        } else {
            #expect(rehearsal.publishedCount == 0, "\(name)")
            guard case .abandoned = round.ending else {
                Issue.record("\(name): \(String(describing: round.ending))")
                return
            }
            #expect(rehearsal.coordinator.model.digest == agreement.initialModel)
        }
    }

    /// All of them: whoever is absent, whichever c lie.
    @Test(arguments: [3, 4, 5, 6])
    func everyPattern(members: Int) throws {
        let given = try TestFederation(members: members)
        var patterns = 0
        for lying in 0...given.agreement.corruptible {
            for liars in Array(0..<members).subsets(of: lying) {
                let others = (0..<members).filter { !liars.contains($0) }
                for away in 0...min(others.count, members - given.agreement.threshold + 1) {
                    for absent in others.subsets(of: away) {
                        try check(given, absent: Set(absent), lying: Set(liars))
                        patterns += 1
                    }
                }
            }
        }
        #expect(patterns == [3: 7, 4: 39, 5: 71, 6: 198][members])
    }

    @Test(arguments: [(0, 0), (0, 1), (0, 3), (1, 2), (2, 1), (3, 0), (1, 3), (2, 2), (3, 1), (4, 0)])
    func tenHospitals(away: Int, lying: Int) throws {
        let given = try TestFederation(members: 10)
        try check(given, absent: Set((0..<away).map { 2 * $0 }), lying: Set((0..<lying).map { 9 - 2 * $0 }))
    }

    /// An honest hospital gives its share of one sum a round: the two sets that a coordinator and c colluders show to
    /// different hospitals never both gather t. One answer fewer, and some would.
    @Test func twoAcceptedSetsNeverBothGatherTheThreshold() {
        var triples = 0
        for n in 3...7 {
            for c in 0..<n {
                for t in 1...n {
                    let isPossible = (0...n - c).contains { first in
                        c + first >= t && c + (n - c - first) >= t
                    }
                    if FederationPromises.refusal(members: n, threshold: t, corruptible: c) == nil {
                        triples += 1
                        #expect(!isPossible, "n = \(n), t = \(t), c = \(c)")
                    } else if 2 * t <= n + c {
                        #expect(isPossible, "n = \(n), t = \(t), c = \(c)")
                    }
                }
            }
        }
        #expect(triples > 15)
    }
}
