import Foundation
package import Ledger

/// The parts of an audit that look at the checkpoint, the blobs and the seal.
extension LedgerAudit {
    /// The seal's signed text; nil if there is none or it is not in canonical form.
    mutating func readSeal() -> SignedNote? {
        guard Files.exists(layout.seal) else { return nil }
        do {
            return try LedgerAudit.note(at: layout.seal)
        } catch {
            report.find(LedgerLayout.sealName, "\(error)")
            return nil
        }
    }

    static func note(at path: String) throws -> SignedNote {
        guard let text = String(validating: try Files.read(path), as: UTF8.self) else {
            throw StorageError(.corrupt, "the file is no text")
        }
        return try SignedNote(decoding: text)
    }

    /// The signed checkpoint of a stored ledger, whose root these records were shown to have.
    /// - Throws: `StorageError` `.corrupt` when it does not verify, or covers other records.
    package static func storedCheckpoint(directory: String, over records: [LedgerRecord]) throws -> Checkpoint {
        let path = LedgerLayout(directory: directory).checkpoint
        do {
            guard case .foundation(let foundation) = try records.first?.entry() else {
                throw StorageError(.corrupt, "\(path): the ledger begins with no foundation, so no key can be trusted")
            }
            let checkpoint = try Checkpoint(verifying: note(at: path), byPublicKey: foundation.coordinatorKey)
            let log = MerkleLog(leafHashes: records.map(\.leafHash))
            guard checkpoint.size <= log.size, try log.root(size: checkpoint.size) == checkpoint.root else {
                throw StorageError(.corrupt, "\(path): the entries do not have the root that the coordinator signed")
            }
            return checkpoint
        } catch let error as LedgerError {
            throw StorageError(.corrupt, "\(path): \(error)")
        }
    }

    /// The latest checkpoint with all its signatures, as it lies there.
    package static func storedNote(directory: String) throws -> SignedNote {
        try note(at: LedgerLayout(directory: directory).checkpoint)
    }

    mutating func verifyCheckpoint(isSealed: Bool) {
        guard let log, let coordinatorKey else { return }
        do {
            let note = try LedgerAudit.note(at: layout.checkpoint)
            let checkpoint = try Checkpoint(verifying: note, byPublicKey: coordinatorKey)
            report.checkpoint = checkpoint
            guard try matches(checkpoint, log) else {
                report.find(LedgerLayout.checkpointName, "the entries do not have the root that the coordinator signed")
                return
            }
            if checkpoint.size == report.entryCount {
                report.proved.append(
                    "The \(report.entryCount) entries have the Merkle root that the coordinator signed.")
            } else if isSealed {
                report.find(LedgerLayout.checkpointName, "it covers \(checkpoint.size) of \(report.entryCount) entries")
            } else {
                report.notProved.append(
                    "Entries from \(checkpoint.size) on stand under no checkpoint yet: the run was not sealed.")
            }
        } catch {
            report.find(LedgerLayout.checkpointName, "\(error)")
        }
    }

    /// Whether the log had the checkpoint's root at its size.
    private func matches(_ checkpoint: Checkpoint, _ log: TransparencyLog) throws -> Bool {
        guard checkpoint.origin == log.origin, checkpoint.size <= log.merkle.size else { return false }
        return try log.merkle.root(size: checkpoint.size) == checkpoint.root
    }

    mutating func compare(with kept: String) {
        guard let log, let coordinatorKey else { return }
        do {
            let checkpoint = try Checkpoint(verifying: try SignedNote(decoding: kept), byPublicKey: coordinatorKey)
            if try matches(checkpoint, log) {
                report.proved.append(
                    "The ledger continues the kept checkpoint of size \(checkpoint.size): no entry before it was "
                        + "changed, removed or added since.")
            } else {
                report.find(
                    "kept checkpoint",
                    "the ledger does not continue the checkpoint of size \(checkpoint.size) that the same key signed: "
                        + "history was rewritten")
            }
        } catch {
            report.find("kept checkpoint", "\(error)")
        }
    }

    mutating func verifyBlobs() {
        let rounds = (log?.contract.endedRounds ?? []) + (log?.contract.openRound.map { [$0] } ?? [])
        var (verified, absent) = (0, 0)
        for round in rounds {
            for member in round.commitments.keys.sorted() {
                guard let root = round.commitments[member]?.ciphertextRoot else { continue }
                do {
                    _ = try blobs.chunks(ofCiphertext: root)
                    verified += 1
                } catch let error as StorageError where error.code == .notFound {
                    absent += 1
                } catch {
                    report.find("ciphertext of member \(member) in round \(round.number)", "\(error)")
                }
            }
        }
        if verified > 0 { report.proved.append("\(verified) ciphertexts have the Merkle roots that were committed.") }
        if absent > 0 {
            report.notProved.append("\(absent) committed ciphertexts are not kept here and could not be compared.")
        }
    }

    mutating func verify(_ seal: SignedNote?) {
        guard let seal else {
            if !Files.exists(layout.seal) {
                report.notProved.append("The ledger is not sealed: its files have no signed checksums.")
            }
            return
        }
        if let coordinatorKey, !seal.isSigned(byPublicKey: coordinatorKey) {
            report.find(LedgerLayout.sealName, "it bears no valid signature of the coordinator")
            return
        }
        do {
            let signed = try LedgerSeal(text: seal.text)
            let found = try LedgerSeal(directory: layout.directory)
            let paths = Set(signed.files.keys).union(found.files.keys).sorted()
            for path in paths where signed.files[path] != found.files[path] {
                reportChanged(path, wasSealed: signed.files[path] != nil, isThere: found.files[path] != nil)
            }
            if signed == found {
                report.proved.append(
                    "The \(found.files.count) files are byte for byte those that the coordinator sealed.")
            }
        } catch {
            report.find(LedgerLayout.sealName, "\(error)")
        }
    }

    private mutating func reportChanged(_ path: String, wasSealed: Bool, isThere: Bool) {
        // Not NSString's lastPathComponent: Foundation on Linux traps on a name of one character.
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let place = path.hasPrefix("blobs/") ? "blob \(name)" : path.hasPrefix("roots/") ? "chunk list \(name)" : path
        if !wasSealed {
            report.find(place, "the file was added after the ledger was sealed")
        } else if !isThere {
            report.find(place, "the file is missing; it was there when the ledger was sealed")
        } else if path != LedgerLayout.databaseName {
            report.find(place, "its bytes are not those that were sealed")
        } else if !hasDatabaseFinding {
            report.find("bytes of \(path) outside any entry", "they are not those that were sealed")
        }
    }

    mutating func conclude(_ isVouchedFor: Bool, hasRoundCheck: Bool) {
        if let log, log.records.count == report.entryCount, report.entryCount > 0 {
            report.proved.insert(
                "All \(report.entryCount) entries bear their authors' signatures, and the contract accepts each when "
                    + "executed again from entry 0.", at: 0)
        }
        if !isVouchedFor {
            report.notProved.append(
                "No quorum of witnesses vouches for the checkpoint: whoever holds the coordinator's key could have "
                    + "written another history. Compare with a checkpoint that someone else kept to exclude it.")
        }
        if !hasRoundCheck { report.notProved.append("The encrypted sums were not recomputed from the ciphertexts.") }
    }
}
