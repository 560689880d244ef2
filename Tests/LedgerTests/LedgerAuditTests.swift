import Foundation
import Ledger
import SQLiteStorage
import Testing

@Suite struct LedgerAuditTests {
    @Test func soundLedgerHolds() throws {
        let folder = try TemporaryFolder()
        let stored = try StoredLedger(in: folder.path)
        let report = try StoredLedger.audit(folder.path, keptCheckpoint: stored.keptCheckpoint) { _, _ in [] }
        #expect(report.holds, "\(report.findings)")
        #expect(report.entryCount == stored.federation.log.records.count)
        #expect(report.stateDigest == stored.federation.contract.stateDigest)
        #expect(report.checkpoint == stored.federation.log.checkpoint)
        #expect(report.publishedRounds == [1])
        #expect(report.proved.count == 5)
        #expect(report.notProved.isEmpty)
    }

    @Test func whatCannotBeProvedIsSaid() throws {
        let folder = try TemporaryFolder()
        _ = try StoredLedger(in: folder.path, seal: false)
        try FileManager.default.removeItem(atPath: folder.path + "/roots")
        let report = try StoredLedger.audit(folder.path)
        #expect(report.holds, "\(report.findings)")
        for word in ["not sealed", "not kept here", "another history", "not recomputed"] {
            #expect(report.notProved.contains { $0.contains(word) }, "\(word)")
        }
    }

    /// With masks that vary from byte to byte, every 37th byte of the database and each of the other files.
    @Test func everyFlippedByteIsFoundAndNamed() throws {
        let folder = try TemporaryFolder()
        let stored = try StoredLedger(in: folder.path)
        var entriesNamed: Set<String> = []
        for file in try stored.files() {
            let url = URL(fileURLWithPath: folder.path + "/" + file)
            let whole = Array(try Data(contentsOf: url))
            let isDatabase = file == "ledger.sqlite"
            for place in stride(from: 0, to: whole.count, by: isDatabase ? 37 : 1) {
                var changed = whole
                changed[place] ^= 1 << UInt8(place % 8)
                try Data(changed).write(to: url)
                let report = try StoredLedger.audit(folder.path)
                #expect(!report.holds, "\(file), byte \(place)")
                let name = (file as NSString).lastPathComponent
                let names = report.findings.map(\.place)
                if isDatabase {
                    entriesNamed.formUnion(names.filter { $0.hasPrefix("entry ") })
                    let isNamed = names.contains { $0.hasPrefix("entry ") || $0.contains(name) }
                    #expect(isNamed, "byte \(place): \(report.findings)")
                } else {
                    #expect(names.contains { $0.contains(name) }, "\(file), byte \(place): \(names)")
                }
            }
            try Data(whole).write(to: url)
        }
        #expect(entriesNamed.count == stored.federation.log.records.count)
        #expect(try stored.files().count == 3 + 3 * 3 + 3)
    }

    @Test func everyFlippedEntryByteNamesItsEntry() throws {
        let folder = try TemporaryFolder()
        let stored = try StoredLedger(in: folder.path)
        let url = URL(fileURLWithPath: folder.path + "/ledger.sqlite")
        let whole = Array(try Data(contentsOf: url))
        for record in stored.federation.log.records {
            // The signature's last bytes stand once in the file, within the record's own leaf.
            let tail = Array(record.signature.suffix(16))
            let place = try #require(
                whole.indices.dropLast(15).first { whole[$0] == tail[0] && whole[$0..<$0 + 16].elementsEqual(tail) })
            var changed = whole
            changed[place + 3] ^= 0x10
            try Data(changed).write(to: url)
            let places = try StoredLedger.audit(folder.path).findings.map(\.place)
            #expect(places.contains("entry \(record.index)"))
        }
    }

    @Test func missingAndAddedFilesAreFound() throws {
        let folder = try TemporaryFolder()
        let stored = try StoredLedger(in: folder.path)
        try Data([1]).write(to: URL(fileURLWithPath: folder.path + "/extra"))
        #expect(try StoredLedger.audit(folder.path).findings.map(\.place) == ["extra"])
        try FileManager.default.removeItem(atPath: folder.path + "/extra")
        let blob = try #require(try stored.files().first { $0.hasPrefix("blobs/") })
        try FileManager.default.removeItem(atPath: folder.path + "/" + blob)
        #expect(!(try StoredLedger.audit(folder.path).holds))
        let nowhere = folder.path + "/nowhere"
        let error = #expect(throws: StorageError.self) { try StoredLedger.audit(nowhere) }
        #expect(error?.code == .notFound)
    }

    /// The holder of the coordinator's key writes another history; only a kept checkpoint shows it.
    @Test func rewrittenHistoryContradictsAKeptCheckpoint() throws {
        let folder = try TemporaryFolder()
        let stored = try StoredLedger(in: folder.path)
        let other = try TemporaryFolder()
        var rewritten = try TestFederation(members: 3)
        rewritten.now += 50
        try rewritten.completeRound()
        let store = try SQLiteLedgerStore(directory: other.path)
        try store.append(rewritten.log.records.map { ($0, $0.leafHash) })
        try store.seal(
            checkpoint: try rewritten.log.checkpoint(signedBy: rewritten.coordinator), signedBy: rewritten.coordinator)
        #expect(try StoredLedger.audit(other.path).holds)
        let report = try StoredLedger.audit(other.path, keptCheckpoint: stored.keptCheckpoint)
        #expect(report.findings.map(\.place) == ["kept checkpoint"])
    }

    @Test func roundChecksAddTheirFindings() throws {
        let folder = try TemporaryFolder()
        _ = try StoredLedger(in: folder.path)
        let report = try StoredLedger.audit(folder.path) { round, blobs in
            let roots = round.commitments.values.map(\.ciphertextRoot)
            let chunkCount = try roots.reduce(0) { $0 + (try blobs.chunks(ofCiphertext: $1).count) }
            return [AuditFinding(place: "round \(round.number)", message: "\(chunkCount) chunks")]
        }
        #expect(report.findings == [AuditFinding(place: "round 1", message: "9 chunks")])
    }
}
