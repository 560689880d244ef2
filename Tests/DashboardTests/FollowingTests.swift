import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Logging
import NIOCore
import SQLiteStorage
import Testing

@testable import Dashboard

@Suite struct FollowingTests {
    @Test func whatIsAppendedWhileServingIsShown() async throws {
        let folder = ServedLedger.newFolder()
        let server = try DashboardServer(
            follower: ServedLedger.follower(of: folder + "/ledger"),
            options: DashboardOptions(host: "127.0.0.1", port: 0), logger: Logger(label: "test"))
        try await server.application().test(.live) { client in
            let ledger = try ServedLedger(try TestFederation(budget: 8_000_000), in: folder)
            func get(_ path: String) async throws -> String {
                String(buffer: try await client.execute(uri: path, method: .get).body)
            }
            #expect(try await get("/").contains("There is no ledger here yet"))
            var versions = [try await get("/version")]
            try ledger.save()
            #expect(try await get("/").contains("No round was opened yet"))
            versions.append(try await get("/version"))
            #expect(try await get("/version") == versions[1], "the version stays while the ledger does")
            try ledger.federation.commit(0..<2)
            try ledger.save()
            #expect(try await get("/").contains("Round 1 now"))
            #expect(try await get("/rounds").contains("hospital-1, round 1: committed"))
            versions.append(try await get("/version"))
            try ledger.federation.commit(2..<5)
            try ledger.federation.post(.coordinator, .close(round: 1))
            try ledger.federation.advance(to: .vote)
            try ledger.save()
            #expect(try await get("/rounds/1").contains("open, in phase vote"))
            versions.append(try await get("/version"))
            try ledger.federation.vote(0..<5, approve: true)
            try ledger.federation.publish()
            try ledger.save()
            try ledger.store.seal(
                checkpoint: try ledger.federation.log.checkpoint(signedBy: ledger.federation.coordinator),
                signedBy: ledger.federation.coordinator)
            let last = try await get("/rounds")
            #expect(last.contains("published") && last.contains("The ledger is sealed"))
            versions.append(try await get("/version"))
            #expect(Set(versions).count == versions.count)
            let report = try LedgerAudit.run(directory: ledger.directory) { foundation, _ in
                TestFederation.checks(threshold: foundation.threshold)
            }
            #expect(report.holds, "reading left no trace beside the sealed ledger: \(report.findings)")
        }
    }

    /// A writer that commits as fast as it can and a reader that looks as fast as it can never fail each other.
    @Test func readingNeverMakesAnAppendFail() async throws {
        var federation = try TestFederation()
        for _ in 0..<2 { try federation.completeRound() }
        let records = federation.log.records
        let ledger = try ServedLedger(federation)
        let (store, directory) = (ledger.store, ledger.directory)
        async let writing: Void = {
            for record in records { try store.append(record, leafHash: record.leafHash) }
        }()
        let reader = LedgerReader(directory: directory)
        var read: [LedgerRecord] = []
        while read.count < records.count {
            read += try reader.records(from: read.count, limit: 7)
            await Task.yield()
        }
        try await writing
        #expect(read == records)
    }

    @Test func whatBreaksTheContractIsNamedAndNotShown() async throws {
        let ledger = try ServedLedger(try TestFederation())
        try ledger.federation.completeRound()
        try ledger.save()
        let last = try #require(ledger.federation.log.records.last)
        let forged = LedgerRecord(
            index: last.index + 1, timestampMilliseconds: last.timestampMilliseconds, author: .coordinator,
            payload: LedgerEntry.close(round: 2).encoded, signature: Array(repeating: 0, count: 64))
        try ledger.store.append(forged, leafHash: forged.leafHash)
        let follower = ledger.follower()
        for _ in 0..<2 {
            let snapshot = await follower.current()
            #expect(snapshot.entries.count == ledger.federation.log.size)
            #expect(snapshot.problem?.contains("entry \(forged.index) breaks the contract") == true)
        }
        try await ledger.server().application().test(.router) { client in
            let page = String(buffer: try await client.execute(uri: "/", method: .get).body)
            #expect(page.contains("Not all is well with this ledger"))
            #expect(try await client.execute(uri: "/readyz", method: .get).status == .serviceUnavailable)
        }
    }

    @Test func aCheckpointOfAnotherHistoryIsNamed() async throws {
        let ledger = try ServedLedger(try TestFederation())
        try ledger.save()
        var other = try TestFederation()
        other.now += 5
        try other.postKeys(0, count: 1)
        try ledger.federation.postKeys(0, count: 1)
        try ledger.save()
        try ledger.store.saveCheckpoint(note: try other.log.checkpoint(signedBy: other.coordinator).encoded)
        let snapshot = await ledger.follower().current()
        #expect(snapshot.problem?.contains("do not have the root that the coordinator signed") == true)
        #expect(snapshot.checkpoint == nil)
    }

    @Test func aLedgerWithoutItsAgreementIsExplained() async throws {
        let ledger = try ServedLedger(try TestFederation())
        try ledger.save()
        let follower = LedgerFollower(directory: ledger.directory) { _, _ in
            throw StorageError(.notFound, "agreement.json is missing; put it beside the ledger")
        }
        let snapshot = await follower.current()
        #expect(snapshot.problem == "agreement.json is missing; put it beside the ledger" && snapshot.log == nil)
    }

    @Test func aLedgerThatShrankIsNamed() async throws {
        let ledger = try ServedLedger(try TestFederation())
        try ledger.federation.completeRound()
        try ledger.save()
        let follower = ledger.follower()
        _ = await follower.current()
        // With its checkpoint the shorter one would not even open.
        for name in ["ledger.sqlite", "checkpoint"] {
            try FileManager.default.removeItem(atPath: ledger.directory + "/" + name)
        }
        let shorter = try SQLiteLedgerStore(directory: ledger.directory)
        for record in ledger.federation.log.records.prefix(3) { try shorter.append(record, leafHash: record.leafHash) }
        let snapshot = await follower.current()
        #expect(snapshot.problem?.contains("has 3 entries where") == true)
    }
}
