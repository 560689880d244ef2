import FederationFixtures
import HomomorphicEncryption
import Ledger
import PoisoningDefence
import RingArithmetic
import Testing

@testable import Federation

/// Suspicion of planted triggers over rounds, in a real federation with encryption: five hospitals, c = 1, of whom one
/// leans along a probe in every round, too little for a single round to show.
@Suite struct SuspicionTests {
    private static let leaner = 1

    private static let probes = SuspicionProbes(
        (0..<12).map { probe in
            var stream = KeyedStream(key: [9], label: "probe", indices: [UInt64(probe)])
            return (0..<TestFederation.dimension).map { _ in Int64.random(in: -1000...1000, using: &stream) }
        })

    /// - Parameter lean: what the attackers add in every round, in lengths of their own update.
    private static func rehearsal(
        rounds: UInt32, lean: Float, leaners: Set<Int> = [leaner], seed: UInt64 = 1, bound: Int64 = 9000,
        network: Rehearsal.Network = .init()
    ) throws -> Rehearsal {
        let policy = DefencePolicy(
            members: 5, corruptible: 1, rules: [],
            triggers: TriggerTerms(probes: probes.digest.hex, bound: bound, alarmBound: bound, campBound: 1_000_000))
        let given = try TestFederation(rounds: rounds, defence: policy, probes: probes)
        var rehearsal = try Rehearsal(given, seed: seed, network: network)
        let direction = probes.directions[0].map { Float($0) / 1000 * 0.01 }
        for member in leaners { rehearsal.trainers[member].addition = direction.map { $0 * lean } }
        return rehearsal
    }

    private static func verdicts(_ rehearsal: Rehearsal) -> [Ledger.Verdict] {
        rehearsal.contract.endedRounds.compactMap(\.verdict)
    }

    @Test func whoLeansIsFoundAndStaysOut() throws {
        var rehearsal = try Self.rehearsal(rounds: 4, lean: 0.8)
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 4)
        let verdicts = Self.verdicts(rehearsal)
        let found = verdicts.map { $0.exclusions.map(\.member) }
        #expect(found.last == [Self.leaner])
        #expect(found.allSatisfy { $0.isEmpty || $0 == [Self.leaner] })
        #expect(verdicts.last?.exclusions.first?.reason == .plantedTrigger)
        // Each verdict names what it remembers, and every hospital's own computation has that name.
        #expect(Set(verdicts.compactMap(\.suspicion)).count == 4)
        for hospital in rehearsal.hospitals { #expect(hospital.memory.name == verdicts.last?.suspicion) }
        #expect(rehearsal.coordinator.memory.suspicion == rehearsal.hospitals[0].memory.suspicion)
    }

    @Test func nobodyLeansAndNobodyIsLeftOut() throws {
        var rehearsal = try Self.rehearsal(rounds: 3, lean: 0)
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 3)
        #expect(Self.verdicts(rehearsal).allSatisfy { $0.exclusions.isEmpty })
    }

    /// Away for the whole second round: it fetches by name what it missed, and signs the third verdict with the others.
    @Test func whoMissedARoundFetchesWhatItRemembers() throws {
        var rehearsal = try Self.rehearsal(rounds: 3, lean: 2, bound: 5000)
        rehearsal.isSilent = { member, round, _ in member == 4 && round == 2 }
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 3)
        let verdicts = Self.verdicts(rehearsal)
        let name = try #require(verdicts[1].suspicion)
        let fetched = rehearsal.effects[4].contains { effect in
            if case .fetch(let names) = effect { names == [name] } else { false }
        }
        #expect(fetched)
        #expect(verdicts[2].signatures.map(\.member).contains(4))
        #expect(rehearsal.hospitals[4].memory.name == verdicts[2].suspicion)
        #expect(verdicts[2].exclusions.map(\.member) == [Self.leaner])
    }

    /// Taken down after the second round and rebuilt from its snapshot, a machine remembers the same.
    @Test func aSnapshotRemembers() throws {
        var rehearsal = try Self.rehearsal(rounds: 3, lean: 0.8)
        try rehearsal.run { $0.contract.endedRounds.count == 2 && $0.hospitals[0].own == nil }
        let hospital = rehearsal.hospitals[0]
        let kept = try HospitalSnapshot(bytes: #require(hospital.snapshot).bytes)
        let given = rehearsal.given
        let restored = try Hospital(
            restoring: kept, records: hospital.log.records, agreement: given.agreement, member: 0,
            identity: given.identities[0], initialModel: given.initialModel, recipientKeys: hospital.recipientKeys)
        #expect(restored.memory.name != nil && restored.memory.name == hospital.memory.name)
        #expect(restored.memory.suspicion == hospital.memory.suspicion)
    }

    /// A coordinator that leaves the rounds before out of its judgement finds no t hospitals that sign it.
    @Test func aCoordinatorThatForgetsIsRefused() throws {
        var rehearsal = try Self.rehearsal(rounds: 3, lean: 0.8)
        rehearsal.forgets = true
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 1)
        #expect(
            rehearsal.endings.dropFirst().allSatisfy {
                if case .abandoned(.verdict, _) = $0 { true } else { false }
            })
    }

    /// A chunk other than the named one does not count, and without it a hospital signs nothing.
    @Test func withoutTheRoundsBeforeAHospitalSignsNothing() throws {
        var rehearsal = try Self.rehearsal(rounds: 3, lean: 0.8)
        rehearsal.isSilent = { member, round, _ in member == 4 && round == 2 }
        rehearsal.withholdsMemory = true
        try rehearsal.run()
        let verdicts = Self.verdicts(rehearsal)
        #expect(rehearsal.publishedCount == 3)
        #expect(!verdicts[2].signatures.map(\.member).contains(4))
    }

    /// Two lean where one was assumed: the second raises the alarm, nobody signs, and no model comes of the round.
    @Test func moreThanAssumedStopTheFederation() throws {
        var rehearsal = try Self.rehearsal(rounds: 3, lean: 4, leaners: [0, 1], bound: 3000)
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 0)
        #expect(rehearsal.reports.contains { $0.contains("more than 1 hospitals teach the model") })
    }

    @Test func otherProbesAreRefused() throws {
        let policy = DefencePolicy(
            members: 5, corruptible: 1, rules: [], triggers: TriggerTerms(probes: Self.probes.digest.hex))
        #expect(throws: FederationError.self) {
            _ = try TestFederation(
                defence: policy, probes: SuspicionProbes(Self.probes.directions.map { $0.map { $0 + 1 } }))
        }
        #expect(throws: FederationError.self) { _ = try TestFederation(defence: policy) }
    }

    /// Lost, doubled and overtaking messages change nothing of what is remembered.
    @Test(arguments: [UInt64(1), 2])
    func badWeatherIsForgotten(seed: UInt64) throws {
        var rehearsal = try Self.rehearsal(
            rounds: 3, lean: 0.8, seed: seed,
            network: .init(loss: 0.1, duplication: 0.1, reordering: 0.3, delayMilliseconds: 100))
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 3)
        for hospital in rehearsal.hospitals {
            #expect(hospital.memory.name == Self.verdicts(rehearsal).last?.suspicion)
        }
    }
}
