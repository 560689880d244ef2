package import Foundation
package import Ledger
import Report
package import SQLiteStorage

/// Follows a ledger that may still grow: reads what is new, executes it again and keeps the latest snapshot.
///
/// Nothing is taken from the directory on trust: signatures, rules, Merkle root and checkpoint are checked here, as a
/// hospital does.
package actor LedgerFollower {
    private let reader: LedgerReader
    private let summaryPath: String
    private let makeChecks: LedgerAudit.MakeChecks
    private let now: @Sendable () -> Date
    private let pauseSeconds: Double
    private var snapshot: LedgerSnapshot
    private var lastRead: Date?
    /// Size and date of the summary that was last looked at, with the size of the log then.
    private var summaryState: (size: UInt64, changed: Date, entries: Int)?

    /// Records read at a time.
    private static let batch = 1_000
    private static let summaryBytesMax = 64 << 20

    /// - Parameters:
    ///   - directory: holds `ledger.sqlite`, `checkpoint` and `agreement.json`; `summary.json` lies beside it.
    ///   - pauseSeconds: the disk is asked at most this often.
    ///   - makeChecks: the contract's checks for a foundation, from the agreement in the directory.
    package init(
        directory: String, pauseSeconds: Double = 0.5, now: @escaping @Sendable () -> Date = { Date() },
        makeChecks: @escaping @Sendable (FederationFoundation, BlobDirectory) throws -> ContractChecks
    ) {
        reader = LedgerReader(directory: directory)
        summaryPath =
            URL(fileURLWithPath: directory).standardizedFileURL.deletingLastPathComponent()
            .appendingPathComponent("summary.json").path
        self.makeChecks = makeChecks
        self.now = now
        self.pauseSeconds = pauseSeconds
        snapshot = LedgerSnapshot(readAt: now())
    }

    /// The ledger as it stands now, or stood less than `pauseSeconds` ago.
    package func current() -> LedgerSnapshot {
        let instant = now()
        if let lastRead, instant.timeIntervalSince(lastRead) < pauseSeconds, instant >= lastRead { return snapshot }
        refresh()
        lastRead = instant
        snapshot.readAt = instant
        return snapshot
    }

    private func refresh() {
        snapshot.problem = nil
        do {
            try readRecords()
            snapshot.isSealed = reader.isSealed
            try readCheckpoint()
            readSummary()
        } catch let error as StorageError {
            snapshot.problem = error.message
        } catch {
            snapshot.problem = "\(error)"
        }
    }

    private func readRecords() throws {
        while true {
            let position = snapshot.log?.size ?? 0
            let records = try reader.records(from: position, limit: Self.batch)
            guard !records.isEmpty else { return }
            if snapshot.log == nil { snapshot.log = TransparencyLog(checks: try checks(for: records[0])) }
            for record in records {
                do {
                    _ = try snapshot.log?.adopt(record)
                    snapshot.entries.append(try record.entry())
                } catch let refusal as Refusal {
                    throw StorageError(
                        .corrupt,
                        "entry \(record.index) breaks the contract and is not shown, nor is what follows it: "
                            + "\(refusal.message) (\(refusal.code.rawValue))")
                }
            }
        }
    }

    private func checks(for first: LedgerRecord) throws -> ContractChecks {
        guard case .foundation(let foundation) = try first.entry() else {
            throw StorageError(.corrupt, "entry 0 founds no federation: nothing can be executed again")
        }
        return try makeChecks(foundation, BlobDirectory(directory: reader.directory))
    }

    private func readCheckpoint() throws {
        guard let log = snapshot.log, let key = snapshot.foundation?.coordinatorKey else { return }
        guard let note = try reader.checkpointNote() else { return }
        let checkpoint = try Checkpoint(verifying: note, byPublicKey: key)
        // The coordinator may have appended and signed since the records were read: the next look sees both.
        guard checkpoint.size <= log.size else { return }
        guard checkpoint.origin == log.origin, try log.merkle.root(size: checkpoint.size) == checkpoint.root else {
            throw StorageError(
                .corrupt, "the entries do not have the root that the coordinator signed at size \(checkpoint.size)")
        }
        snapshot.checkpoint = checkpoint
    }

    private func readSummary() {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: summaryPath),
            let size = attributes[.size] as? UInt64, let changed = attributes[.modificationDate] as? Date
        else {
            snapshot.summary = .none
            summaryState = nil
            return
        }
        let entries = snapshot.log?.size ?? 0
        if let summaryState, summaryState == (size, changed, entries) { return }
        summaryState = (size, changed, entries)
        snapshot.summary = readSummary(bytes: size)
    }

    private func readSummary(bytes: UInt64) -> LedgerSnapshot.Summary {
        guard bytes <= Self.summaryBytesMax else { return .refused("summary.json has \(bytes) bytes: too many") }
        do {
            let summary = try RunSummary(json: try Data(contentsOf: URL(fileURLWithPath: summaryPath)))
            guard let log = snapshot.log, summary.ledger.origin == log.origin, summary.ledger.size <= log.size,
                try log.merkle.root(size: summary.ledger.size).hex == summary.ledger.root
            else { return .refused("summary.json tells of another ledger than this one") }
            return .found(summary)
        } catch {
            return .refused("summary.json cannot be read as a run's summary")
        }
    }
}
