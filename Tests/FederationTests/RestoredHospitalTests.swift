import FederationFixtures
import HomomorphicEncryption
import Ledger
import MultipartyEncryption
import Testing

@testable import Federation

/// Copies of a hospital: restored from a backup, repeated after a round that failed, or robbed of its keys.
@Suite struct RestoredHospitalTests {
    /// A backup from before the contribution, shown the ledger on which that stands, makes no second one: it trains
    /// nothing, reveals nothing, and has no share to answer with.
    @Test func aHospitalThatFindsItsCommitmentOnTheLedgerMakesNoOther() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        var backup = rehearsal.hospitals[0]
        try rehearsal.run { $0.contract.round?.commitments[0] != nil }
        #expect(rehearsal.contract.round?.phase == .commit)
        let commitment = try #require(rehearsal.contract.round?.commitments[0])
        var effects = show(rehearsal.coordinator.log.records, to: &backup, given, at: rehearsal.now)
        #expect(backup.log.size == rehearsal.coordinator.log.size && backup.own?.progress == .fresh)
        try rehearsal.run()
        effects += show(rehearsal.coordinator.log.records, to: &backup, given, at: rehearsal.now)
        #expect(backup.ledgerRefusal == nil && backup.own?.secrets == nil)
        #expect(!effects.contains { if case .perform = $0 { true } else { false } })
        #expect(try !sent(effects, given).contains { speaksOfTheRound($0) })
        #expect(rehearsal.publishedCount == 1)
        #expect(rehearsal.contract.endedRounds[0].commitments[0] == commitment)
    }

    /// A backup from before the sum's opening gives for the one verdict on the ledger the bytes it gave before.
    @Test func aHospitalRestoredBeforeTheSumGivesTheSameBytesForTheSameSet() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        try rehearsal.run { $0.contract.round?.phase == .verdict && $0.hospitals[0].own?.progress == .signed }
        var backup = rehearsal.hospitals[0]
        try rehearsal.run { $0.hospitals[0].own?.release != nil }
        let effects = show(rehearsal.coordinator.log.records, to: &backup, given, at: rehearsal.now)
        let release = try #require(rehearsal.hospitals[0].own?.release)
        let again = try sent(effects, given).compactMap { message in
            if case .keyShareSum(1, let accepted, let bytes) = message { (accepted, bytes) } else { nil }
        }
        #expect(again.count == 1)
        #expect(again.allSatisfy { $0.0 == release.accepted && $0.1 == release.bytes })
    }

    /// A round whose sketches were opened and whose sum was not: its integers are not encrypted again.
    @Test(arguments: [RoundPhase.verdict, .sum])
    func anUpdateWhoseSketchWasOpenedIsNotSentAgain(phase: RoundPhase) throws {
        var rehearsal = try Rehearsal(try TestFederation(rounds: 2))
        rehearsal.isSilent = { member, round, now in round == 1 && now == phase && member >= 3 }
        rehearsal.trainers[2].repeatsItself = true
        try rehearsal.run()
        #expect(rehearsal.endings.first == .abandoned(phase, .deadline))
        #expect(rehearsal.contributed[1]?[2] == rehearsal.contributed[2]?[2], "the test did not repeat an update")
        #expect(rehearsal.contract.endedRounds[1].verdict?.accepted == [0, 1, 3, 4])
        #expect(rehearsal.reports.contains { $0.contains("hospital 2") && $0.contains("reuse") })
    }

    /// After a round, all long-term keys, every later one-time key and every message of the round open no share of it.
    /// The erased key would have: that is why it is erased.
    @Test func stolenKeysOpenNothingOfARoundThatIsOver() throws {
        let given = try TestFederation(rounds: 3)
        var rehearsal = try Rehearsal(given)
        try rehearsal.run { $0.hospitals.allSatisfy { $0.own?.number == 2 } }
        let commitments = rehearsal.contract.endedRounds[0].commitments
        var opened = 0
        var shares = 0
        for (_, bytes) in rehearsal.delivered {
            let message = try message(in: bytes, given)
            guard case .sealedShare(1, let share) = message, let dealer = commitments[share.dealer] else { continue }
            shares += 1
            let info = shareInfo(
                federation: try given.federation, round: 1, dealer: share.dealer, recipient: share.recipient,
                ciphertextRoot: dealer.ciphertextRoot)
            let stolen = rehearsal.hospitals.flatMap { $0.recipientKeys.compactMap { $0 } }
            #expect(stolen.count == 2 * given.identities.count)
            opened += stolen.count { (try? $0.open(share.bytes, info: info)) != nil }
            let erased = try given.hospital(share.recipient).recipientKeys[0]
            #expect(try erased?.open(share.bytes, info: info) != nil)
        }
        #expect(shares >= 25 && opened == 0)
    }

    /// Under patient-level privacy no public count reads a patient (decision 0004): hospitals whose patients would
    /// refuse every model vote as those whose patients would take it.
    @Test func votesUnderPrivacyAreThoseOfAnyPatients() throws {
        var counts: [[Int: Bool]] = []
        for approves in [true, false] {
            var rehearsal = try Rehearsal(try TestFederation(privacy: PrivacyAccountTests.terms(rounds: 2)))
            for member in rehearsal.trainers.indices { rehearsal.trainers[member].approvesCandidates = approves }
            try rehearsal.run()
            #expect(rehearsal.publishedCount == 1)
            counts.append(try #require(rehearsal.contract.endedRounds.first).votes.mapValues(\.approve))
        }
        #expect(counts[0] == counts[1] && counts[0].count >= 4)
    }

    // MARK: Reading along

    private func show(
        _ records: [LedgerRecord], to hospital: inout Hospital, _ given: TestFederation, at now: UInt64
    ) -> [HospitalEffect] {
        guard let message = try? given.verified(.records(records), from: .coordinator) else {
            Issue.record("the records do not verify")
            return []
        }
        return hospital.receive(.received(message), at: Instant(milliseconds: now))
            + hospital.receive(.woke, at: Instant(milliseconds: now + 1))
    }

    private func sent(_ effects: [HospitalEffect], _ given: TestFederation) throws -> [Message] {
        try effects.compactMap { effect in
            guard case .send(let envelope) = effect else { return nil }
            return try Message(decoding: envelope.payload, parameters: given.agreement.encryption)
        }
    }

    private func message(in bytes: [UInt8], _ given: TestFederation) throws -> Message {
        let envelope = try Envelope(bytes: bytes)
        let message = try Message(decoding: envelope.payload, parameters: given.agreement.encryption)
        if case .relayed(let inner) = message { return try self.message(in: inner, given) }
        return message
    }

    private func speaksOfTheRound(_ message: Message) -> Bool {
        switch message {
        case .upload, .sealedShare, .answers, .nonceShares, .verdictSignature, .keyShareSum: true
        case .submit(let entry, _):
            switch entry {
            case .commit, .reveal, .justification, .contest: true
            default: false
            }
        default: false
        }
    }
}
