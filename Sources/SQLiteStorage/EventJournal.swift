import Foundation
import GRDB
package import Ledger

/// The events of one party's machine since its last snapshot, on disk, in order (Decision 0014).
///
/// `append` returns when the events survive a power cut. Freed pages are overwritten (`secure_delete`).
package final class EventJournal: Sendable {
    /// One event as it was written.
    package struct Event: Sendable, Hashable {
        package let milliseconds: UInt64
        package let bytes: [UInt8]

        package init(milliseconds: UInt64, bytes: [UInt8]) {
            self.milliseconds = milliseconds
            self.bytes = bytes
        }
    }

    private let queue: DatabaseQueue
    private let path: String

    private static let format: Int64 = 1

    /// Opens, or makes, the journal of a party of `federation`; one process at a time.
    ///
    /// - Throws: `StorageError` `.cannotOpen` when another process holds it, `.corrupt` for the journal of another
    ///   party or federation, or of another version of this program.
    package init(path: String, federation: Digest, party: String) throws {
        self.path = path
        var configuration = configuration(.eachWrite)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA secure_delete = ON")
            // Held until the process ends: two nodes on one journal would contradict each other.
            try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
        }
        let prepared = configuration
        queue = try StorageError.wrapping(.cannotOpen, path) {
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            return try DatabaseQueue(path: path, configuration: prepared)
        }
        do {
            try queue.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE IF NOT EXISTS owner (format INTEGER, federation BLOB, party TEXT);
                        CREATE TABLE IF NOT EXISTS event (
                            position INTEGER PRIMARY KEY AUTOINCREMENT, milliseconds INTEGER NOT NULL,
                            bytes BLOB NOT NULL);
                        CREATE TABLE IF NOT EXISTS snapshot (bytes BLOB NOT NULL);
                        """)
                guard let owner = try Row.fetchOne(database, sql: "SELECT * FROM owner") else {
                    try database.execute(
                        sql: "INSERT INTO owner VALUES (?, ?, ?)",
                        arguments: [Self.format, Data(federation.bytes), party])
                    return
                }
                guard owner["format"] == Self.format, owner["federation"] == Data(federation.bytes),
                    owner["party"] == party
                else {
                    throw StorageError(
                        .corrupt,
                        "\(path) is the journal of another party, federation or version of this program; "
                            + "this is \(party) of \(federation.hex.prefix(16))")
                }
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw StorageError(.cannotOpen, "\(path) is in use: another process of this party is running")
        } catch let error as StorageError {
            throw error
        } catch {
            throw StorageError(.cannotOpen, "\(path): \(error)")
        }
    }

    /// Writes an event durably, after all others.
    package func append(_ event: Event) throws {
        try StorageError.wrapping(.cannotWrite, path) {
            try queue.write { database in
                try database.execute(
                    sql: "INSERT INTO event (milliseconds, bytes) VALUES (?, ?)",
                    arguments: [Int64(event.milliseconds), Data(event.bytes)])
            }
        }
    }

    /// The last snapshot, nil before the first.
    package func snapshot() throws -> [UInt8]? {
        try StorageError.wrapping(.cannotRead, path) {
            try queue.read { try Data.fetchOne($0, sql: "SELECT bytes FROM snapshot").map { [UInt8]($0) } }
        }
    }

    /// Events since the last snapshot, one after the other.
    package func replay(_ body: (Event) throws -> Void) throws {
        try queue.read { database in
            let rows = try Row.fetchCursor(
                database, sql: "SELECT milliseconds, bytes FROM event ORDER BY position")
            while let row = try rows.next() {
                let milliseconds: Int64 = row["milliseconds"]
                let bytes: Data = row["bytes"]
                try body(Event(milliseconds: UInt64(milliseconds), bytes: [UInt8](bytes)))
            }
        }
    }

    /// Puts a snapshot in the place of all events so far.
    package func compact(to snapshot: [UInt8]) throws {
        try StorageError.wrapping(.cannotWrite, path) {
            try queue.write { database in
                try database.execute(sql: "DELETE FROM snapshot")
                try database.execute(sql: "INSERT INTO snapshot VALUES (?)", arguments: [Data(snapshot)])
                try database.execute(sql: "DELETE FROM event")
            }
        }
    }

    package func close() throws { try queue.close() }
}
