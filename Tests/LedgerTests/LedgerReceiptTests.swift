import Foundation
import Ledger
import SQLiteStorage
import Testing

@Suite struct LedgerReceiptTests {
    /// A log's checkpoint, cosigned by as many hospitals.
    private func cosigned(_ federation: TestFederation, by count: Int) throws -> SignedNote {
        var note = try federation.log.checkpoint(signedBy: federation.coordinator)
        for member in 0..<count {
            var witness = Witness(
                identity: federation.members[member], sequencerKey: federation.coordinator.publicKey,
                log: federation.log)
            note.append(try witness.cosign(note, records: [], at: federation.now))
        }
        return note
    }

    @Test func everyEntrysReceiptVerifiesAndNoChangedByteDoes() throws {
        var federation = try TestFederation(members: 3)
        try federation.completeRound()
        let policy = try WitnessPolicy(foundation: federation.foundation)
        let note = try cosigned(federation, by: federation.t)
        for record in federation.log.records {
            let receipt = try LedgerReceipt(of: record, in: federation.log.merkle, under: note)
            let read = try LedgerReceipt(decoding: receipt.encoded)
            #expect(try read.verify(under: policy) == federation.log.checkpoint)
            #expect(read.record == record)
        }
        let record = try #require(federation.log.records.last { $0.author == .member(1) })
        let bytes = Array(try LedgerReceipt(of: record, in: federation.log.merkle, under: note).encoded.utf8)
        let lastLines = note.lines.count * 150
        for place in stride(from: 0, to: bytes.count - lastLines, by: 3) {
            var changed = bytes
            changed[place] ^= 1 << UInt8(place % 7)
            let text = String(decoding: changed, as: UTF8.self)
            #expect(throws: LedgerError.self, "byte \(place)") {
                try LedgerReceipt(decoding: text).verify(under: policy)
            }
        }
    }

    @Test func fewerWitnessesThanThePolicyAsksAreNotEnough() throws {
        let federation = try TestFederation()
        let policy = try WitnessPolicy(foundation: federation.foundation)
        let note = try cosigned(federation, by: federation.t - 1)
        let receipt = try LedgerReceipt(of: federation.log.records[0], in: federation.log.merkle, under: note)
        let error = #expect(throws: LedgerError.self) { try receipt.verify(under: policy) }
        #expect(error?.code == .invalidSignature)
    }

    /// The audit says what witnesses vouch for, and a policy that is not met is a finding.
    @Test func auditsJudgeCosignatures() throws {
        let folder = try TemporaryFolder()
        var federation = try TestFederation(members: 5)
        try federation.advance(to: .reveal)
        let store = try SQLiteLedgerStore(directory: folder.path)
        try store.append(federation.log.records.map { ($0, $0.leafHash) })
        func audit(_ cosigners: Int, _ policy: WitnessPolicy?) throws -> AuditReport {
            try store.saveCheckpoint(note: cosigned(federation, by: cosigners).encoded)
            return try LedgerAudit.run(directory: folder.path, policy: policy) { foundation, _ in
                TestFederation.checks(threshold: foundation.threshold)
            }
        }
        let policy = try WitnessPolicy(foundation: federation.foundation)
        for given in [nil, policy] {
            let report = try audit(4, given)
            #expect(report.holds && report.cosigners.count == 4)
            #expect(!report.notProved.contains { $0.contains("No quorum") })
        }
        #expect(try audit(3, nil).holds)
        #expect(try audit(3, nil).notProved.contains { $0.contains("No quorum") })
        #expect(try audit(3, policy).findings.map(\.place) == ["witnesses"])
        let strangers = try (0..<3).map {
            try VerifierKey(name: "s\($0)", algorithm: .cosignature, publicKey: Digest.sha256([UInt8($0)]).bytes)
        }
        let foreign = try WitnessPolicy(witnesses: strangers, quorum: 2, corruptible: 0)
        #expect(try audit(5, foreign).findings.map(\.place) == ["witnesses"])
    }
}
