import Foundation
import GRDB
import Ledger

/// A row of the ledger's table as found, whatever it holds.
struct StoredLeaf {
    let position: Int64?
    let leaf: [UInt8]?
    let leafHash: [UInt8]?

    /// Reads values without conversion, so that a damaged row is a value and not a fault.
    static func fetchAll(_ database: Database) throws -> [StoredLeaf] {
        leaves(try Row.fetchAll(database, sql: "SELECT position, leaf, leafHash FROM record ORDER BY position"))
    }

    /// The rows from `position` on, at most `limit`.
    static func fetch(_ database: Database, from position: Int, limit: Int) throws -> [StoredLeaf] {
        leaves(
            try Row.fetchAll(
                database,
                sql: "SELECT position, leaf, leafHash FROM record WHERE position >= ? ORDER BY position LIMIT ?",
                arguments: [position, limit]))
    }

    private static func leaves(_ rows: [Row]) -> [StoredLeaf] {
        rows.map { row in
            let values = Array(row.databaseValues)
            return StoredLeaf(position: integer(values[0]), leaf: blob(values[1]), leafHash: blob(values[2]))
        }
    }

    private static func integer(_ value: DatabaseValue) -> Int64? {
        if case .int64(let integer) = value.storage { integer } else { nil }
    }

    private static func blob(_ value: DatabaseValue) -> [UInt8]? {
        if case .blob(let data) = value.storage { Array(data) } else { nil }
    }

    /// The record, if the row holds what was stored at `place`.
    func record(at place: Int) -> LedgerRecord? {
        guard position == Int64(place), let leaf, MerkleLog.leafHash(leaf).bytes == leafHash,
            let record = try? LedgerRecord(decoding: leaf), record.index == UInt64(place)
        else { return nil }
        return record
    }
}
