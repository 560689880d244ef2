import Foundation
import GRDB
import Ledger

/// What a party must not forget: records appended in order, on the disk before `append` returns.
package final class SQLiteJournal: Sendable {
    package struct Record: Hashable, Sendable {
        package let kind: String
        package let bytes: [UInt8]
    }

    private let queue: DatabaseQueue
    private let path: String

    package init(path: String) throws {
        self.path = path
        queue = try StorageError.wrapping(.cannotOpen, path) {
            let queue = try DatabaseQueue(path: path, configuration: durableConfiguration())
            try queue.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE IF NOT EXISTS journal (
                            position INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, bytes BLOB NOT NULL,
                            digest BLOB NOT NULL)
                        """)
            }
            return queue
        }
    }

    package func append(kind: String, bytes: [UInt8]) throws {
        try StorageError.wrapping(.cannotWrite, path) {
            try queue.write { database in
                try database.execute(
                    sql: "INSERT INTO journal (kind, bytes, digest) VALUES (?, ?, ?)",
                    arguments: [kind, Data(bytes), Data(SQLiteJournal.digest(kind, bytes).bytes)])
            }
        }
    }

    /// Every record, oldest first.
    /// - Throws: `StorageError` `.corrupt`, naming the record that is not what was appended.
    package func all() throws -> [Record] {
        try StorageError.wrapping(.cannotRead, path) {
            try queue.read { database in
                let rows = try Row.fetchAll(database, sql: "SELECT kind, bytes, digest FROM journal ORDER BY position")
                return try rows.enumerated().map { place, row in
                    let values = Array(row.databaseValues).map(\.storage)
                    guard case .string(let kind) = values[0], case .blob(let data) = values[1],
                        case .blob(let digest) = values[2],
                        SQLiteJournal.digest(kind, Array(data)).bytes == Array(digest)
                    else { throw StorageError(.corrupt, "record \(place) of \(path) is not what was appended") }
                    return Record(kind: kind, bytes: Array(data))
                }
            }
        }
    }

    package func close() throws { try StorageError.wrapping(.cannotWrite, path) { try queue.close() } }

    private static func digest(_ kind: String, _ bytes: [UInt8]) -> Digest {
        Digest.of(Array(kind.utf8) + [0] + bytes, domain: "cordon/journal/v1")
    }
}
