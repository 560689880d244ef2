import FederationFixtures
import Ledger
import Testing

@testable import Federation

/// What happens once in a round happens once: sums, verdicts, answers, encryptions, keys.
@Suite struct OnceOnlyTests {
    @Test func contractRefusesASecondSumAndASecondVerdict() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        try rehearsal.run { $0.contract.round?.phase == .report }
        let state = try #require(rehearsal.contract.round)
        let verdict = try #require(state.verdict)
        var coordinator = rehearsal.coordinator
        let sum = LedgerEntry.sum(
            round: 1, encryptedSumRoot: given.agreement.initialModel, keySumDigest: given.agreement.initialModel,
            decryptedSumDigest: given.agreement.initialModel)
        #expect(refusal(of: sum, by: &coordinator, at: rehearsal.now, given) == .secondSum)
        let other = Verdict(
            round: 1, accepted: [0, 1, 2, 3],
            exclusions: [Verdict.Exclusion(member: 4, reason: .multiKrum, details: [2, 1])],
            position: verdict.position, signatures: verdict.signatures)
        #expect(refusal(of: .verdict(other), by: &coordinator, at: rehearsal.now, given) == .secondVerdict)
        let abandon = LedgerEntry.abandon(round: 1, phase: .report, reason: .deadline)
        #expect(refusal(of: abandon, by: &coordinator, at: rehearsal.now, given) == .abandonAfterSum)
        #expect(coordinator.log.merkle.root == rehearsal.coordinator.log.merkle.root)
    }

    /// A coordinator with the signatures of c colluders shows one hospital another accepted set.
    @Test func hospitalReleasesNothingForAVerdictWithoutQuorum() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        try rehearsal.run {
            $0.contract.round?.phase == .verdict && $0.hospitals[0].log.size == $0.coordinator.log.size
        }
        let replica = rehearsal.hospitals[0]
        let exclusions = [Verdict.Exclusion(member: 4, reason: .multiKrum, details: [2, 1])]
        let position = try #require(rehearsal.contract.round?.sketch?.index) + 1
        let message = verdictMessage(
            federation: try given.federation, round: 1, candidates: [0, 1, 2, 3, 4], accepted: [0, 1, 2, 3],
            exclusions: exclusions, position: position)
        let signature = try given.identities[1].sign(message)
        for signers in [[1], [0, 1, 2, 3]] {
            let entry = LedgerEntry.verdict(
                Verdict(
                    round: 1, accepted: [0, 1, 2, 3], exclusions: exclusions, position: position,
                    signatures: signers.map { Verdict.Signature(member: $0, signature: signature) }))
            let forged = LedgerRecord(
                index: UInt64(replica.log.size), timestampMilliseconds: rehearsal.now, author: .coordinator,
                payload: entry.encoded,
                signature: try entry.signature(by: given.coordinatorIdentity, federation: try given.federation))
            var (hospital, effects) = rehearsal.probe(
                0, .received(try given.verified(.records([forged]), from: .coordinator)))
            #expect(hospital.ledgerRefusal != nil)
            #expect(hospital.log.size == replica.log.size)
            // From here on it helps with nothing, whatever it is shown.
            effects += hospital.receive(.woke, at: Instant(milliseconds: rehearsal.now + 60_000))
            #expect(!effects.contains { if case .persist = $0 { true } else { false } })
            #expect(try !effects.contains { try isKeyShareSum($0, given) })
        }
    }

    private func isKeyShareSum(_ effect: HospitalEffect, _ given: TestFederation) throws -> Bool {
        guard case .send(let envelope) = effect,
            case .keyShareSum = try Message(decoding: envelope.payload, parameters: given.agreement.encryption)
        else { return false }
        return true
    }

    /// On a bad network everything is asked for and sent many times: the bytes are the same each time.
    @Test(arguments: [UInt64(1), 2])
    func askedAgainAHospitalGivesTheSameBytes(seed: UInt64) throws {
        var rehearsal = try Rehearsal(
            try TestFederation(rounds: 2), seed: seed,
            network: Rehearsal.Network(loss: 0.3, duplication: 0.2, reordering: 0.3, delayMilliseconds: 30))
        try rehearsal.run()
        #expect(rehearsal.lostMessages > 50)
        for member in 0..<5 {
            var answers: [UInt32: Set<OpeningAnswers>] = [:]
            var shares: [UInt32: Set<[UInt8]>] = [:]
            var repetitions = 0
            for message in try rehearsal.messages(from: member) {
                switch message {
                case .answers(let answer): answers[answer.round, default: []].insert(answer)
                case .keyShareSum(let round, _, let bytes):
                    shares[round, default: []].insert(bytes)
                    repetitions += 1
                default: break
                }
            }
            #expect(answers.values.allSatisfy { $0.count == 1 } && shares.values.allSatisfy { $0.count == 1 })
            #expect(repetitions >= shares.count)
            for round in UInt32(1)...2 {
                let journal = rehearsal.journal(of: member)
                #expect(journal.count { if case .answered(round, _, _) = $0 { true } else { false } } <= 1)
                #expect(journal.count { if case .sumShareReleased(round, _, _) = $0 { true } else { false } } <= 1)
                #expect(journal.count { if case .contributed(round, _, _, _) = $0 { true } else { false } } <= 1)
                #expect(journal.count { $0 == .roundUsed(round: round) } <= 1)
            }
        }
    }

    /// What a hospital is about to say is durable before it is said.
    @Test func journalComesBeforeTheMessage() throws {
        let given = try TestFederation(rounds: 2)
        var rehearsal = try Rehearsal(given)
        try rehearsal.run()
        for member in 0..<5 {
            var written: Set<JournalRecord> = []
            var covered = 0
            for effect in rehearsal.effects[member] {
                switch effect {
                case .persist(let record): written.insert(record)
                case .perform(.contribute(let round, _)):
                    #expect(written.contains(.roundUsed(round: round.round)))
                case .send(let envelope):
                    let message = try Message(decoding: envelope.payload, parameters: given.agreement.encryption)
                    guard let round = message.roundToCover else { continue }
                    #expect(written.contains { $0.covers(message, round) }, "\(member): \(message.roundToCover ?? 0)")
                    covered += 1
                default: break
                }
            }
            // Two rounds of five sealed shares, upload, commitment, answers and key share sum, at least once each.
            #expect(covered >= 18)
        }
    }

    @Test func updateIsEncryptedInOneRoundOnly() throws {
        let given = try TestFederation(rounds: 2)
        var rehearsal = try Rehearsal(given)
        rehearsal.trainers[2].repeatsItself = true
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 2)
        #expect(rehearsal.contract.endedRounds[0].verdict?.accepted == [0, 1, 2, 3, 4])
        #expect(rehearsal.contract.endedRounds[1].verdict?.accepted == [0, 1, 3, 4])
        #expect(rehearsal.contributed[1]?[2] == rehearsal.contributed[2]?[2], "the test did not repeat an update")
        #expect(rehearsal.reports.count == 1 && rehearsal.reports[0].contains("reuse"))
        #expect(rehearsal.hospitals[2].account.roundsSpent == 0)
        let sent = try rehearsal.messages(from: 2).filter {
            switch $0 {
            case .upload(2, _), .sealedShare(2, _): true
            case .submit(.commit(let commitment), _): commitment.round == 2
            default: false
            }
        }
        #expect(sent.isEmpty)
    }

    @Test func contractRefusesAReusedCiphertextOrNonce() throws {
        let given = try TestFederation(rounds: 2)
        var rehearsal = try Rehearsal(given)
        try rehearsal.run { $0.contract.round?.number == 2 }
        let old = try #require(rehearsal.contract.endedRounds[0].commitments[0])
        let fresh = Digest.of([1], domain: "test")
        let cases: [(Digest, [UInt8], RefusalCode?)] = [
            (old.ciphertextRoot, fresh.bytes, .ciphertextReused), (fresh, old.nonceDigest, .nonceReused),
            (fresh, fresh.bytes, nil),
        ]
        for (root, nonce, expected) in cases {
            let entry = LedgerEntry.commit(
                Commitment(
                    federation: try given.federation, round: 2, ciphertextRoot: root, blockCount: old.blockCount,
                    shareCommitments: old.shareCommitments, nonceDigest: nonce, spend: .none))
            var coordinator = rehearsal.coordinator
            var found: RefusalCode?
            do {
                _ = try coordinator.append(
                    entry, by: .member(0),
                    signature: try entry.signature(by: given.identities[0], federation: try given.federation),
                    at: Instant(milliseconds: rehearsal.now))
            } catch let refusal as Refusal {
                found = refusal.code
            }
            #expect(found == expected)
        }
    }

    /// A coordinator whose clock was set back goes on: its entries carry the ledger's latest time.
    @Test func aClockThatWasSetBackDoesNotStopTheLedger() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        try rehearsal.run { $0.contract.round?.commitments.count == 2 }
        let commitments = try #require(rehearsal.contract.round).commitments
        let author = try #require((0..<5).first { commitments[$0] == nil })
        let other = try #require(commitments.values.first)
        let fresh = Digest.of([1], domain: "test")
        let entry = LedgerEntry.commit(
            Commitment(
                federation: try given.federation, round: 1, ciphertextRoot: fresh, blockCount: other.blockCount,
                shareCommitments: other.shareCommitments, nonceDigest: fresh.bytes, spend: .none))
        var coordinator = rehearsal.coordinator
        let last = coordinator.log.contract.lastTimestampMilliseconds
        _ = try coordinator.append(
            entry, by: .member(author),
            signature: try entry.signature(by: given.identities[author], federation: try given.federation),
            at: Instant(milliseconds: last - 10_000))
        #expect(coordinator.log.records.last?.timestampMilliseconds == last)
        #expect(coordinator.log.contract.round?.commitments[author] != nil)
    }

    /// A coordinator that dates an entry ahead of time, to end a phase early, gains nothing: hospitals wait until then.
    @Test func recordsDatedAheadAreHeldUntilTheirTime() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        try rehearsal.run { $0.contract.round?.commitments.count == 2 }
        var (coordinator, hospital) = (rehearsal.coordinator, rehearsal.hospitals[0])
        let deadline = Instant(milliseconds: try #require(rehearsal.contract.round).deadlines.reveal)
        _ = coordinator.append(.abandon(round: 1, phase: .commit, reason: .deadline), at: deadline)
        #expect(coordinator.log.contract.openRound == nil)
        let records = Array(coordinator.log.records[hospital.log.size...])
        let early = Instant(milliseconds: deadline.milliseconds - Witness.clockToleranceMilliseconds - 1)
        let told = hospital.receive(.received(try given.verified(.records(records), from: .coordinator)), at: early)
        #expect(hospital.log.contract.openRound != nil)
        #expect(told.contains { if case .report(let error) = $0 { error.message.contains("clock") } else { false } })
        _ = hospital.receive(.woke, at: early)
        #expect(hospital.log.contract.openRound != nil && hospital.ledgerRefusal == nil)
        _ = hospital.receive(.woke, at: early + 1)
        #expect(hospital.log.contract.openRound == nil)
        #expect(hospital.log.merkle.root == coordinator.log.merkle.root)
    }

    /// Hospitals cosign what they executed; a forged, a foreign or an outdated cosignature gets nowhere.
    @Test func hospitalsCosignTheLedgerThatTheyExecuted() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        try rehearsal.run()
        let (log, now) = (rehearsal.coordinator.log, rehearsal.now)
        let policy = try WitnessPolicy(foundation: given.agreement.foundation)
        var coordinator = rehearsal.coordinator
        coordinator.cosignatures = (0, [:])
        let text = try #require(log.checkpoint).text
        for member in 0..<5 {
            // The last cosignature is signed by another hospital than the one that sends it.
            let signer = given.identities[member == 4 ? 0 : member]
            let line = try SignedNote(text: text).cosignature(by: signer, timeSeconds: now / 1_000)
            for (size, signature) in [
                (UInt64(log.size), line.signature), (UInt64(log.size) - 1, line.signature), (.max, [1, 2, 3]),
            ] {
                let message = Message.cosigned(size: size, signature: signature)
                let received = CoordinatorEvent.received(try given.verified(message, from: .member(member)))
                _ = coordinator.receive(received, at: Instant(milliseconds: now))
            }
            let note = try coordinator.cosignedCheckpoint()
            #expect(policy.cosigners(of: note).count == min(member + 1, 4))
        }
        #expect(policy.isSatisfied(by: try coordinator.cosignedCheckpoint()))
        // In the run itself they did so unasked.
        let said = try rehearsal.delivered.filter { $0.to == .coordinator }.map {
            try Message(decoding: Envelope(bytes: $0.bytes).payload, parameters: given.agreement.encryption)
        }
        #expect(said.contains { if case .cosigned = $0 { true } else { false } })
    }

    @Test func secretsAreErasedWhenTheRoundEnds() throws {
        var rehearsal = try Rehearsal(try TestFederation(rounds: 2))
        rehearsal.isSilent = { member, round, phase in member == 4 && round == 2 && phase >= .verdict }
        try rehearsal.run { $0.contract.round?.phase == .sum && $0.contract.round?.number == 1 }
        #expect(rehearsal.hospitals[0].own?.secrets != nil)
        #expect(rehearsal.hospitals[0].own?.shares.count == 5)
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 2)
        for (member, hospital) in rehearsal.hospitals.enumerated() {
            #expect(hospital.own == nil, "hospital \(member)")
            #expect(hospital.recipientKeys.count == 2 && hospital.recipientKeys.allSatisfy { $0 == nil })
            #expect(rehearsal.journal(of: member).contains(.erased(round: 1)))
            #expect(rehearsal.journal(of: member).contains(.erased(round: 2)))
        }
    }

    /// PROTOCOL, erase: at one's own deadline plus grace, ledger or not.
    @Test func secretsAreErasedWithoutTheLedgerToo() throws {
        var rehearsal = try Rehearsal(try TestFederation())
        try rehearsal.run { $0.contract.round?.phase == .sum && $0.hospitals[0].own?.release != nil }
        let end = try #require(rehearsal.contract.round?.deadlines.vote) + Hospital.erasureGraceMilliseconds
        var hospital = rehearsal.hospitals[0]
        _ = hospital.receive(.woke, at: Instant(milliseconds: end - 1))
        #expect(hospital.own?.secrets != nil && hospital.recipientKeys[0] != nil)
        let effects = hospital.receive(.woke, at: Instant(milliseconds: end))
        #expect(hospital.own?.secrets == nil && hospital.own?.shares.isEmpty == true)
        #expect(hospital.recipientKeys[0] == nil)
        #expect(effects.contains { if case .persist(.erased(1)) = $0 { true } else { false } })
        let again = hospital.receive(.woke, at: Instant(milliseconds: end + 10_000))
        #expect(!again.contains { if case .persist = $0 { true } else { false } })
    }
}

extension Message {
    /// The round of a message that must be journalled before it is sent; nil for the others.
    fileprivate var roundToCover: UInt32? {
        switch self {
        case .sealedShare(let round, _), .upload(let round, _), .keyShareSum(let round, _, _): round
        case .submit(.commit(let commitment), _): commitment.round
        case .answers(let answers): answers.round
        default: nil
        }
    }
}

extension JournalRecord {
    fileprivate func covers(_ message: Message, _ round: UInt32) -> Bool {
        switch (self, message) {
        case (.contributed(round, _, _, _), .sealedShare), (.contributed(round, _, _, _), .upload),
            (.answered(round, _, _), .answers):
            true
        case (.contributed(round, _, let root, _), .submit(.commit(let commitment), _)):
            root == commitment.ciphertextRoot
        case (.sumShareReleased(round, let accepted, _), .keyShareSum(_, let theirs, _)): accepted == theirs
        default: false
        }
    }
}
