import Foundation
import GRDB
package import Ledger

/// Verifies a stored ledger offline, trusting nothing but the signatures in it.
package struct LedgerAudit {
    /// Contract checks for the federation with this foundation; the blobs may hold its agreement.
    package typealias MakeChecks = (_ foundation: FederationFoundation, _ blobs: BlobDirectory) throws -> ContractChecks
    /// Further checks of one ended round, e.g. its encrypted sum recomputed from the blobs.
    package typealias RoundCheck = (_ round: RoundState, _ blobs: BlobDirectory) throws -> [AuditFinding]

    /// Audits the ledger in `directory`. Whatever is wrong with it is a finding.
    /// - Parameter keptCheckpoint: a signed checkpoint that someone else kept, to prove that history was not rewritten.
    /// - Parameter policy: the witnesses that the auditor trusts; nil takes the ledger's own hospitals.
    /// - Throws: `StorageError` if there is no ledger to audit, and what `makeChecks` throws;
    ///   its `.corrupt` is a finding.
    package static func run(
        directory: String, keptCheckpoint: String? = nil, policy: WitnessPolicy? = nil,
        roundCheck: RoundCheck? = nil, makeChecks: MakeChecks
    ) throws -> AuditReport {
        let layout = LedgerLayout(directory: directory)
        guard Files.exists(layout.database) else {
            throw StorageError(.notFound, "\(layout.database) does not exist: there is no ledger to verify")
        }
        var audit = LedgerAudit(layout: layout)
        let seal = audit.readSeal()
        let records = audit.readRecords()
        try audit.reexecute(records, makeChecks)
        audit.verifyCheckpoint(isSealed: seal != nil)
        let isWitnessed = audit.verifyWitnesses(under: policy)
        if let keptCheckpoint { audit.compare(with: keptCheckpoint) }
        audit.verifyBlobs()
        if let roundCheck { try audit.verifyRounds(roundCheck) }
        audit.verify(seal)
        audit.conclude(keptCheckpoint != nil || isWitnessed, hasRoundCheck: roundCheck != nil)
        return audit.report
    }

    /// The records of a stored ledger as they lie there, read from a private copy; `run` says whether they hold.
    /// - Throws: `StorageError` if there is no ledger, or an entry is not what was stored.
    package static func storedRecords(directory: String) throws -> [LedgerRecord] {
        let layout = LedgerLayout(directory: directory)
        guard Files.exists(layout.database) else {
            throw StorageError(.notFound, "\(layout.database) does not exist: there is no ledger to read")
        }
        return try copiedRows(of: layout).enumerated().map { place, row in
            guard let record = row.record(at: place) else {
                throw StorageError(.corrupt, "entry \(place) of \(layout.database) is not what was stored")
            }
            return record
        }
    }

    var report = AuditReport()
    let layout: LedgerLayout
    let blobs: BlobDirectory
    var log: TransparencyLog?
    /// Whether some bytes of the database are already accounted for by a finding.
    var hasDatabaseFinding = false

    private init(layout: LedgerLayout) {
        self.layout = layout
        blobs = BlobDirectory(directory: layout.directory)
    }

    var coordinatorKey: [UInt8]? { log?.contract.foundation?.coordinatorKey }

    /// Reads the rows of a private copy, so that the audit never writes beside the ledger.
    private mutating func readRecords() -> [LedgerRecord] {
        var rows: [StoredLeaf] = []
        do {
            rows = try LedgerAudit.copiedRows(of: layout)
        } catch {
            hasDatabaseFinding = true
            report.find(LedgerLayout.databaseName, "the database cannot be read: \(error)")
        }
        report.entryCount = rows.count
        var records: [LedgerRecord] = []
        for (place, row) in rows.enumerated() {
            guard let record = row.record(at: place) else {
                hasDatabaseFinding = true
                report.find("entry \(place)", "the stored bytes are not the ones that were appended")
                continue
            }
            if records.count == place { records.append(record) }
        }
        return records
    }

    private static func copiedRows(of layout: LedgerLayout) throws -> [StoredLeaf] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-audit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try StorageError.wrapping(.cannotRead, LedgerLayout.databaseName) {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let copy = folder.appendingPathComponent(LedgerLayout.databaseName).path
            for suffix in ["", "-journal"] where Files.exists(layout.database + suffix) {
                try FileManager.default.copyItem(atPath: layout.database + suffix, toPath: copy + suffix)
            }
            let queue = try DatabaseQueue(path: copy, configuration: configuration(.atSeal))
            defer { try? queue.close() }
            return try queue.read(StoredLeaf.fetchAll)
        }
    }

    private mutating func reexecute(_ records: [LedgerRecord], _ makeChecks: MakeChecks) throws {
        guard let first = records.first, case .foundation(let foundation)? = try? first.entry() else {
            report.find("entry 0", "there is no readable foundation: nothing can be re-executed")
            return
        }
        report.federation = foundation.digest
        let checks: ContractChecks
        do {
            checks = try makeChecks(foundation, blobs)
        } catch let error as StorageError where error.code == .corrupt {
            report.find("agreement", error.message)
            return
        }
        var log = TransparencyLog(checks: checks)
        for record in records {
            do {
                _ = try log.adopt(record)
            } catch {
                report.find("entry \(record.index)", "the contract has \(error)")
                break
            }
        }
        self.log = log
        report.stateDigest = log.contract.stateDigest
        report.publishedRounds = log.contract.publishedRounds
    }

    private mutating func verifyRounds(_ check: RoundCheck) throws {
        for round in log?.contract.endedRounds ?? [] {
            do {
                report.findings += try check(round, blobs)
            } catch let error as StorageError where error.code == .notFound {
                report.notProved.append("Round \(round.number) was not recomputed: \(error.message).")
            } catch {
                report.find("round \(round.number)", "it cannot be recomputed: \(error)")
            }
        }
    }
}
