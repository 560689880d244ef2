import GRDB

/// The version of the SQLite library that this process loaded.
package func sqliteVersion() throws -> String {
    try StorageError.wrapping(.cannotOpen, "SQLite") {
        try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") } ?? "unknown"
    }
}
