import Foundation
import GRDB
import Ledger
import SQLiteStorage
import Testing

/// What a dying process, a torn disk and a full disk leave behind. What was acknowledged is there afterwards, or the
/// store says that it is not; it is never quietly less.
@Suite struct LedgerDurabilityTests {
    private static let names = ["ledger.sqlite", "ledger.sqlite-journal", "checkpoint"]

    private func file(_ folder: String, _ name: String) -> URL { URL(fileURLWithPath: folder + "/" + name) }

    private func contents(_ folder: String) -> [String: Data] {
        Self.names.reduce(into: [:]) { $0[$1] = try? Data(contentsOf: file(folder, $1)) }
    }

    private func lay(_ files: [String: Data], in folder: String) throws {
        for name in Self.names {
            try? FileManager.default.removeItem(at: file(folder, name))
            try files[name]?.write(to: file(folder, name))
        }
    }

    /// A ledger with `kept` acknowledged entries under a checkpoint, and the files as they lie while the next group of
    /// entries is half written: the cache is so small that pages reach the disk before the commit.
    private func interrupted(
        _ federation: TestFederation, keeping kept: Int, in folder: String
    ) throws -> [String: Data] {
        let records = federation.log.records
        do {
            let store = try SQLiteLedgerStore(directory: folder)
            try store.append(records.prefix(kept).map { ($0, $0.leafHash) })
            let tree = MerkleLog(leafHashes: records.prefix(kept).map(\.leafHash))
            let origin = try #require(federation.log.origin)
            let checkpoint = Checkpoint(origin: origin, size: kept, root: tree.root)
            try store.saveCheckpoint(note: checkpoint.signed(by: federation.coordinator).encoded)
        }
        let queue = try DatabaseQueue(path: folder + "/ledger.sqlite")
        var seen: [String: Data] = [:]
        try queue.inDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = 2")
            try database.execute(sql: "BEGIN IMMEDIATE")
            for record in records.dropFirst(kept) {
                try database.execute(
                    sql: "INSERT INTO record (position, leaf, leafHash) VALUES (?, ?, ?)",
                    arguments: [Int64(record.index), Data(record.leafBytes), Data(record.leafHash.bytes)])
            }
            seen = contents(folder)
            try database.execute(sql: "ROLLBACK")
        }
        try queue.close()
        return seen
    }

    private func outcome(_ folder: String) -> Result<[LedgerRecord], any Error> {
        Result { try SQLiteLedgerStore(directory: folder).records() }
    }

    /// Killed with half a group on the disk: the next start finds the acknowledged entries and appends after them.
    @Test func halfWrittenGroupIsRolledBack() throws {
        let folder = try TemporaryFolder()
        var federation = try TestFederation(members: 3)
        try federation.completeRound()
        let records = federation.log.records
        let kept = 9
        let files = try interrupted(federation, keeping: kept, in: folder.path)
        #expect(files["ledger.sqlite-journal"]?.isEmpty == false, "nothing reached the disk before the commit")
        try lay(files, in: folder.path)
        #expect(try outcome(folder.path).get() == Array(records.prefix(kept)))
        let store = try SQLiteLedgerStore(directory: folder.path)
        try store.append(records.dropFirst(kept).map { ($0, $0.leafHash) })
        #expect(try store.records() == records)
    }

    /// Both files cut at every 64th byte, and a bit flipped at every 97th: all acknowledged entries, or an error.
    @Test func tornAndFlippedFilesNeverLoseAnEntryQuietly() throws {
        let folder = try TemporaryFolder()
        var federation = try TestFederation(members: 3)
        try federation.completeRound()
        let kept = 9
        let acknowledged = Array(federation.log.records.prefix(kept))
        let files = try interrupted(federation, keeping: kept, in: folder.path)
        var (whole, refused) = (0, 0)
        for name in Self.names {
            let original = try #require(files[name])
            let cuts = stride(from: 0, to: original.count, by: 64).map { original.prefix($0) }
            let flips = stride(from: 0, to: original.count, by: 97).map { place in
                var changed = original
                changed[changed.startIndex + place] ^= 1 << UInt8(place % 8)
                return changed
            }
            for damaged in cuts.map({ Data($0) }) + flips {
                var given = files
                given[name] = damaged
                try lay(given, in: folder.path)
                switch outcome(folder.path) {
                case .success(let records):
                    whole += 1
                    #expect(Array(records.prefix(kept)) == acknowledged, "\(name), \(damaged.count) bytes")
                case .failure: refused += 1
                }
            }
        }
        #expect(whole > 20 && refused > 20, "\(whole) whole, \(refused) refused")
    }

    /// Entries under a checkpoint that are gone, the newest ones too, are not written anew: the store does not open.
    @Test func lostCosignedEntriesRefuseToStart() throws {
        let folder = try TemporaryFolder()
        let federation = try TestFederation()
        let records = federation.log.records
        do {
            let store = try SQLiteLedgerStore(directory: folder.path)
            try store.append(records.map { ($0, $0.leafHash) })
            try store.saveCheckpoint(note: federation.log.checkpoint(signedBy: federation.coordinator).encoded)
        }
        let queue = try DatabaseQueue(path: folder.path + "/ledger.sqlite")
        try queue.write { try $0.execute(sql: "DELETE FROM record WHERE position = ?", arguments: [records.count - 1]) }
        try queue.close()
        let error = #expect(throws: StorageError.self) { try SQLiteLedgerStore(directory: folder.path) }
        #expect(error?.code == .corrupt && error?.message.contains("Nothing is repaired") == true)
    }

    /// A disk that fills up in the middle of a group: the group is not acknowledged, nothing before it is lost, and the
    /// same group goes through when there is room again.
    @Test func fullDiskLosesNothing() throws {
        let folder = try TemporaryFolder()
        var federation = try TestFederation(members: 3)
        try federation.completeRound()
        let records = federation.log.records
        do {
            let store = try SQLiteLedgerStore(directory: folder.path)
            try store.append(records.prefix(4).map { ($0, $0.leafHash) })
        }
        // The limit of pages is the connection's own, so the database is given a file system without room instead.
        let queue = try DatabaseQueue(path: folder.path + "/ledger.sqlite")
        let full = #expect(throws: DatabaseError.self) {
            try queue.inDatabase { database in
                let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
                try database.execute(sql: "PRAGMA max_page_count = \(pages)")
                try database.inTransaction {
                    for record in records.dropFirst(4) {
                        try database.execute(
                            sql: "INSERT INTO record (position, leaf, leafHash) VALUES (?, ?, ?)",
                            arguments: [Int64(record.index), Data(record.leafBytes), Data(record.leafHash.bytes)])
                    }
                    return .commit
                }
            }
        }
        #expect(full?.resultCode == .SQLITE_FULL)
        try queue.close()
        let store = try SQLiteLedgerStore(directory: folder.path)
        #expect(try store.records() == Array(records.prefix(4)))
        try store.append(records.dropFirst(4).map { ($0, $0.leafHash) })
        #expect(try store.records() == records)
    }
}
