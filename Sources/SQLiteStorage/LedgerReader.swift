import Foundation
import GRDB
package import Ledger

/// A ledger that another process may be writing, or that is sealed, read without writing anything beside it.
///
/// Every read is one snapshot of the database: it holds a shared lock for milliseconds, during which a writer waits.
package struct LedgerReader: Sendable {
    private let layout: LedgerLayout

    /// - Parameter directory: where `ledger.sqlite` lies, or will.
    package init(directory: String) { layout = LedgerLayout(directory: directory) }

    package var directory: String { layout.directory }

    /// Whether the run has ended.
    package var isSealed: Bool { Files.exists(layout.seal) }

    /// The records from `position` on, at most `limit`; none while there are none.
    /// - Throws: `StorageError` `.notFound` if there is no database, `.corrupt` if a row is not what was stored or
    ///   there are fewer than `position`, `.cannotRead` otherwise, for instance when a writer died half-way.
    package func records(from position: Int, limit: Int) throws -> [LedgerRecord] {
        guard Files.exists(layout.database) else {
            throw StorageError(.notFound, "\(layout.database) does not exist: there is no ledger to read")
        }
        return try StorageError.wrapping(.cannotRead, layout.database) {
            var configuration = configuration(.atSeal)
            configuration.readonly = true
            let queue = try DatabaseQueue(path: layout.database, configuration: configuration)
            defer { try? queue.close() }
            let (count, leaves) = try queue.read { database in
                guard try database.tableExists("record") else { return (0, [StoredLeaf]()) }
                return (
                    try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM record") ?? 0,
                    try StoredLeaf.fetch(database, from: position, limit: limit)
                )
            }
            guard count >= position else {
                throw StorageError(
                    .corrupt, "\(layout.database) has \(count) entries where \(position) had been read before")
            }
            return try leaves.enumerated().map { offset, leaf in
                guard let record = leaf.record(at: position + offset) else {
                    throw StorageError(
                        .corrupt, "entry \(position + offset) of \(layout.database) is not what was stored")
                }
                return record
            }
        }
    }

    /// The latest signed checkpoint, unverified; nil before the first.
    package func checkpointNote() throws -> SignedNote? {
        guard Files.exists(layout.checkpoint) else { return nil }
        guard let text = String(validating: try Files.read(layout.checkpoint), as: UTF8.self) else {
            throw StorageError(.corrupt, "\(layout.checkpoint): the file is no text")
        }
        do {
            return try SignedNote(decoding: text)
        } catch {
            throw StorageError(.corrupt, "\(layout.checkpoint): \(error)")
        }
    }
}
