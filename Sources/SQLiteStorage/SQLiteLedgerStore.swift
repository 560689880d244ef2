import Foundation
import GRDB
import Glibc
package import Ledger

/// A ledger's records on disk. An `append` that returned survives a crash or a power cut.
package final class SQLiteLedgerStore: Sendable {
    private let queue: DatabaseQueue
    private let layout: LedgerLayout

    /// Opens, or makes, the ledger in `directory`.
    /// - Throws: `StorageError` `.sealed` for a ledger whose run has ended, `.corrupt` for one that no longer has every
    ///   entry under its checkpoint.
    package init(directory: String, durability: Durability = .eachWrite) throws {
        layout = LedgerLayout(directory: directory)
        guard !Files.exists(layout.seal) else {
            throw StorageError(.sealed, "\(directory) holds a sealed ledger; write a new run elsewhere")
        }
        let path = layout.database
        queue = try StorageError.wrapping(.cannotOpen, path) {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            let queue = try DatabaseQueue(path: path, configuration: configuration(durability))
            try queue.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE IF NOT EXISTS record (
                            position INTEGER PRIMARY KEY, leaf BLOB NOT NULL, leafHash BLOB NOT NULL)
                        """)
            }
            return queue
        }
        try refuseLostEntries()
    }

    /// What a checkpoint covers was signed, and perhaps cosigned: it is never quietly written anew.
    private func refuseLostEntries() throws {
        guard Files.exists(layout.checkpoint) else { return }
        let text = String(decoding: try Files.read(layout.checkpoint), as: UTF8.self)
        let holds: Bool
        do {
            let checkpoint = try Checkpoint(text: SignedNote(decoding: text).text)
            let hashes = try StorageError.wrapping(.cannotRead, layout.database) {
                try queue.read(StoredLeaf.fetchAll).prefix(checkpoint.size).enumerated().map { position, leaf in
                    guard let record = leaf.record(at: position) else {
                        throw StorageError(.corrupt, "entry \(position) of \(layout.database) is not what was stored")
                    }
                    return record.leafHash
                }
            }
            let tree = MerkleLog(leafHashes: hashes)
            holds = tree.size == checkpoint.size && tree.root == checkpoint.root
        } catch let error as LedgerError {
            throw StorageError(.corrupt, "\(layout.checkpoint): \(error.message)")
        }
        guard holds else {
            throw StorageError(
                .corrupt,
                "\(layout.database) lacks entries that \(layout.checkpoint) covers, or has others in their place. "
                    + "Nothing is repaired here: keep both files, and start from a copy that has these entries")
        }
    }

    /// Whether the ledger in `directory` was sealed.
    package static func isSealed(in directory: String) -> Bool {
        Files.exists(LedgerLayout(directory: directory).seal)
    }

    /// Opens, or makes, `path`, which must be named `ledger.sqlite`: the checkpoint and seal lie beside it.
    package convenience init(path: String) throws {
        let name = (path as NSString).lastPathComponent
        guard name == LedgerLayout.databaseName else {
            throw StorageError(.cannotOpen, "\(path): a ledger's file is named \(LedgerLayout.databaseName)")
        }
        let folder = (path as NSString).deletingLastPathComponent
        try self.init(directory: folder.isEmpty ? "." : folder)
    }

    /// Stores `record` durably; it must be the next.
    package func append(_ record: LedgerRecord, leafHash: Digest) throws {
        try append([(record, leafHash)])
    }

    /// Stores records in one transaction.
    package func append(_ records: [(record: LedgerRecord, leafHash: Digest)]) throws {
        try StorageError.wrapping(.cannotWrite, layout.database) {
            try queue.write { database in
                var next = try Int64.fetchOne(database, sql: "SELECT COUNT(*) FROM record") ?? 0
                for (record, leafHash) in records {
                    guard record.index == UInt64(next) else {
                        throw StorageError(.cannotWrite, "record \(record.index) where \(next) is next")
                    }
                    try database.execute(
                        sql: "INSERT INTO record (position, leaf, leafHash) VALUES (?, ?, ?)",
                        arguments: [next, Data(record.leafBytes), Data(leafHash.bytes)])
                    next += 1
                }
            }
        }
    }

    /// Stores what is not stored yet of a log that begins with what is.
    ///
    /// - Parameter records: from entry 0 on, or from `first`.
    /// - Throws: `StorageError` `.corrupt` when a stored entry is another than the one given: two histories.
    package func adopt(_ records: some Collection<LedgerRecord>) throws {
        let stored = try count()
        for record in records where record.index < UInt64(stored) {
            guard try leaf(at: Int(record.index)) == record.leafBytes else {
                throw StorageError(
                    .corrupt,
                    "entry \(record.index) of \(layout.database) is not the one this node made or received: two "
                        + "histories. Keep both for the record, and start from a backup of the newer one")
            }
        }
        let fresh = records.filter { $0.index >= UInt64(stored) }
        guard !fresh.isEmpty else { return }
        try append(fresh.map { ($0, $0.leafHash) })
    }

    /// Number of stored records.
    package func count() throws -> Int {
        try StorageError.wrapping(.cannotRead, layout.database) {
            try queue.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM record") ?? 0 }
        }
    }

    private func leaf(at position: Int) throws -> [UInt8]? {
        try StorageError.wrapping(.cannotRead, layout.database) {
            try queue.read {
                try Data.fetchOne($0, sql: "SELECT leaf FROM record WHERE position = ?", arguments: [position])
                    .map { [UInt8]($0) }
            }
        }
    }

    /// All records in order.
    /// - Throws: `StorageError` `.corrupt`, naming the first entry that is not what was stored.
    package func records() throws -> [LedgerRecord] {
        try StorageError.wrapping(.cannotRead, layout.database) {
            try queue.read(StoredLeaf.fetchAll).enumerated().map { position, leaf in
                guard let record = leaf.record(at: position) else {
                    throw StorageError(.corrupt, "entry \(position) of \(layout.database) is not what was stored")
                }
                return record
            }
        }
    }

    /// Keeps the agreement that the federation was founded on beside the ledger, where `cordon ledger verify` looks.
    package func keep(agreement json: [UInt8]) throws { try Files.write(json, to: layout.agreement) }

    /// Keeps `note`, a signed checkpoint, as the latest.
    package func saveCheckpoint(note: String) throws { try Files.write(Array(note.utf8), to: layout.checkpoint) }

    /// Ends the run: keeps the final checkpoint, packs the database and signs the checksum of every file. The store is
    /// closed.
    package func seal(checkpoint: SignedNote, signedBy identity: Identity) throws {
        try StorageError.wrapping(.cannotWrite, layout.database) {
            try queue.vacuum()
            try queue.close()
        }
        // Whatever was left to the system's own time is on the disk before the seal says it is there.
        sync()
        try saveCheckpoint(note: checkpoint.encoded)
        let note = try LedgerSeal(directory: layout.directory).signed(by: identity)
        try Files.write(Array(note.encoded.utf8), to: layout.seal)
    }
}

/// Rollback journal; with `eachWrite` also full synchronisation: a committed transaction is on the disk.
func configuration(_ durability: Durability) -> Configuration {
    var configuration = Configuration()
    // A dashboard that reads at this instant must not make an append fail.
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
        try database.execute(sql: "PRAGMA synchronous = \(durability == .eachWrite ? "FULL" : "OFF")")
        try database.execute(sql: "PRAGMA cell_size_check = ON")
    }
    return configuration
}
