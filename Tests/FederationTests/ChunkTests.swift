import FederationFixtures
import HomomorphicEncryption
import Ledger
import PoisoningDefence
import Testing

@testable import Federation

/// Bytes travel as chunks, by name: what counts without the bytes, what without the names, and what is asked for again.
@Suite struct ChunkTests {
    @Test func commitmentStandsOnlyWhenEveryChunkIsThere() throws {
        var rehearsal = try Rehearsal(try TestFederation())
        rehearsal.withholds = { $0.isUpload && $0.member == 2 }
        try rehearsal.run { $0.contract.round?.commitments.count == 4 }
        let wanted = try #require(rehearsal.coordinator.wanted[2])
        #expect(wanted.count == rehearsal.given.agreement.encryption.blocks)
        #expect(rehearsal.contract.round?.commitments[2] == nil)
        // One of two chunks is not enough, what nobody asked for does not count, and the last brings the commitment.
        var coordinator = rehearsal.coordinator
        let now = Instant(milliseconds: rehearsal.now)
        _ = coordinator.receive(.fetched([wanted[0]], from: 2), at: now)
        _ = coordinator.receive(.fetched(rehearsal.hospitals.map { $0.log.merkle.root }, from: 2), at: now)
        _ = coordinator.receive(.fetched([wanted[1]], from: 3), at: now)
        #expect(coordinator.log.contract.round?.commitments[2] == nil)
        #expect(coordinator.wanted == [2: [wanted[1]]])
        let effects = coordinator.receive(.fetched(wanted, from: 2), at: now)
        #expect(coordinator.log.contract.round?.commitments[2] != nil && coordinator.wanted.isEmpty)
        #expect(effects.contains { if case .list = $0 { true } else { false } })
        // Whoever withholds to the end is left out, and the round goes on without it.
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 1 && rehearsal.contract.round?.closedMembers == [0, 1, 3, 4])
        #expect(rehearsal.coordinator.wanted.isEmpty)
    }

    @Test func namesThatDoNotHaveTheCommittedRootAreNotFetched() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        rehearsal.withholds = { !$0.isUpload }
        try rehearsal.run { $0.contract.round?.phase == .report && $0.hospitals[0].own?.sumMaterial != nil }
        try rehearsal.run { !$0.hospitals[0].wanted.isEmpty }
        let state = try #require(rehearsal.contract.round)
        let honest = try #require(rehearsal.hospitals[0].own?.ciphertexts)
        #expect(Set(honest.keys) == Set(0..<5))
        for (member, names) in honest { #expect(names.root == state.commitments[member]?.ciphertextRoot) }
        // A hospital that has no names yet is given lists of which one is false, short, or another member's.
        var hospital = rehearsal.hospitals[0]
        hospital.own?.ciphertexts = [:]
        let lists = honest.mapValues(\.digests)
        let false1 = [lists[1]?[0], lists[0]?[0]].compactMap { $0 }
        let ciphertexts = [
            0: lists[0] ?? [], 1: false1, 2: Array((lists[2] ?? []).prefix(1)), 3: lists[4] ?? [], 9: lists[0] ?? [],
        ]
        _ = hospital.receive(
            .received(try given.verified(.chunks(round: 1, ciphertexts: ciphertexts), from: .coordinator)),
            at: Instant(milliseconds: rehearsal.now))
        #expect(hospital.own?.ciphertexts.keys.sorted() == [0])
    }

    /// What came is asked for once; what did not come is still wanted, and a hospital that wants says so in one order.
    @Test func fetchesAreAskedOnceAndWantedUntilTheyCome() throws {
        var rehearsal = try Rehearsal(try TestFederation())
        var refusals = 0
        rehearsal.withholds = { transfer in
            guard !transfer.isUpload, transfer.member == 1, refusals < 3 else { return false }
            refusals += 1
            return true
        }
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 1 && refusals == 3)
        var asked: [Digest] = []
        for effect in rehearsal.effects[1] {
            if case .fetch(let names) = effect { asked += names }
        }
        #expect(Set(asked).count == asked.count && asked.count > rehearsal.given.agreement.encryption.blocks)
        #expect(rehearsal.hospitals.allSatisfy { $0.wanted.isEmpty })
    }

    /// The coordinator's own chunks, and a hospital's, are durable before anybody is told their names.
    @Test func chunksAreKeptBeforeTheyAreNamed() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        try rehearsal.run()
        for member in 0..<5 {
            var kept: Set<Digest> = []
            var named = 0
            for effect in rehearsal.effects[member] {
                if case .keep(let tree) = effect { kept.formUnion(tree.names.digests) }
                guard case .send(let envelope) = effect,
                    case .upload(_, let names) = try Message(
                        decoding: envelope.payload, parameters: given.agreement.encryption)
                else { continue }
                #expect(kept.isSuperset(of: names))
                named += 1
            }
            #expect(named >= 1)
        }
    }

    @Test func aMissedModelIsFetchedInChunks() throws {
        let given = try TestFederation(rounds: 2)
        var rehearsal = try Rehearsal(given)
        rehearsal.isSilent = { member, round, phase in member == 4 && round == 1 && phase >= .sum }
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 2)
        #expect(rehearsal.contract.endedRounds[1].commitments.count == 5)
        #expect(rehearsal.hospitals[4].model == rehearsal.coordinator.model.parameters)
        let adopted = rehearsal.effects[4].compactMap { effect in
            if case .adopt(let round, _) = effect { round } else { nil }
        }
        #expect(adopted == [1, 2])
    }

    /// Who comes back when the last round has ended without a model still wants that of the round before.
    @Test func aMissedModelIsFetchedThoughTheNextRoundWasAbandoned() throws {
        let given = try TestFederation(rounds: 2)
        var rehearsal = try Rehearsal(given)
        rehearsal.isSilent = { member, round, phase in
            member == 4 && (round == 2 || phase >= .sum) || member == 3 && round == 2
        }
        try rehearsal.run()
        #expect(rehearsal.endings[1] == .abandoned(.commit, .tooFewCommitments))
        #expect(rehearsal.publishedCount == 1)
        #expect(rehearsal.hospitals[4].model == rehearsal.coordinator.model.parameters)
    }

    /// Chunks that are not the published model's are no model, whatever the coordinator says of them.
    @Test func anotherModelIsNotAdopted() throws {
        let model: [Float] = (0..<300_000).map(Float.init)
        let tree = ModelChunks.tree(of: model)
        #expect(tree.chunks.map(\.count) == [1 << 20, 300_000 * 4 - (1 << 20)])
        #expect(ModelChunks.count(parameters: model.count) == 2 && ModelChunks.count(parameters: 1 << 18) == 1)
        var chunks = GivenChunks()
        for chunk in tree.chunks { chunks.keep(chunk) }
        let digest = modelDigestOf(model)
        let names = tree.names.digests
        #expect(try ModelChunks.model(of: names, expecting: digest, from: chunks) == model)
        for names in [names.reversed(), [names[0]], names + names, []] {
            let error = #expect(throws: FederationError.self) {
                try ModelChunks.model(of: names, expecting: digest, from: chunks)
            }
            #expect(error?.code == .malformedMessage)
        }
        chunks.drop(names[1])
        let error = #expect(throws: FederationError.self) {
            try ModelChunks.model(of: names, expecting: digest, from: chunks)
        }
        #expect(error?.code == .missingChunk)
    }

    /// A disk that lost a chunk: an error that names it, no verdict, no vote, and the round ends by its deadline.
    @Test func workWithoutItsChunksSaysSo() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        try rehearsal.run { $0.contract.round?.phase == .verdict }
        let state = try #require(rehearsal.contract.round)
        let uploads = try #require(rehearsal.coordinator.round).uploads.mapValues(\.names)
        let closed = try #require(rehearsal.hospitals[0].closedRound)
        var chunks = rehearsal.coordinatorChunks
        let lost = try #require(uploads[3]?.digests[1])
        chunks.drop(lost)
        let work = CoordinatorWork(agreement: given.agreement, publics: given.publics)
        guard
            case .failed(state.number, let error) = work.carryOut(
                .judge(closed, uploads: uploads, answers: [:], TriggerSuspicion()), reading: chunks)
        else {
            Issue.record("the judgement was given without chunk \(lost)")
            return
        }
        #expect(error.code == .missingChunk && error.message.contains(lost.hex))
        var hospital = rehearsal.hospitals[0]
        let effects = hospital.receive(.failed(round: 1, error), at: Instant(milliseconds: rehearsal.now))
        #expect(effects.contains { if case .report(error) = $0 { true } else { false } })
    }

    /// Names that overtake the commitments they are compared with are left unacknowledged, and so come again.
    @Test func namesThatOvertakeTheLedgerComeAgain() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        try rehearsal.run { $0.hospitals[0].own?.progress == .committed }
        let early = try given.verified(.chunks(round: 1, ciphertexts: [:]), from: .coordinator)
        var hospital = rehearsal.hospitals[0]
        _ = hospital.outbox.takeReceived()
        _ = hospital.receive(.received(early), at: Instant(milliseconds: rehearsal.now))
        #expect(hospital.outbox.takeReceived().isEmpty)
        try rehearsal.run { $0.hospitals[0].log.contract.round?.verdict != nil }
        hospital = rehearsal.hospitals[0]
        _ = hospital.outbox.takeReceived()
        _ = hospital.receive(.received(early), at: Instant(milliseconds: rehearsal.now))
        #expect(hospital.outbox.takeReceived() == [early.envelope.digest])
    }
}
