import Foundation
import Ledger
import SQLiteStorage

/// A small sealed ledger of one published round, with its ciphertexts.
struct StoredLedger {
    let directory: String
    let federation: TestFederation
    /// A checkpoint that a hospital kept in the middle of the run.
    let keptCheckpoint: String

    init(in directory: String, seal: Bool = true) throws {
        self.directory = directory
        var federation = try TestFederation(members: 3)
        let blobs = BlobDirectory(directory: directory)
        try federation.advance(to: .commit)
        for member in 0..<3 { try blobs.put(ciphertext: federation.chunks(member)) }
        keptCheckpoint = try federation.log.checkpoint(signedBy: federation.coordinator).encoded
        try federation.completeRound()
        let store = try SQLiteLedgerStore(directory: directory)
        try store.append(federation.log.records.map { ($0, $0.leafHash) })
        let checkpoint = try federation.log.checkpoint(signedBy: federation.coordinator)
        if seal {
            try store.seal(checkpoint: checkpoint, signedBy: federation.coordinator)
        } else {
            try store.saveCheckpoint(note: checkpoint.encoded)
        }
        self.federation = federation
    }

    static func audit(
        _ directory: String, keptCheckpoint: String? = nil, roundCheck: LedgerAudit.RoundCheck? = nil
    ) throws -> AuditReport {
        try LedgerAudit.run(directory: directory, keptCheckpoint: keptCheckpoint, roundCheck: roundCheck) {
            foundation, _ in TestFederation.checks(threshold: foundation.threshold)
        }
    }

    /// Every file, relative to the directory.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: directory).filter { path in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: directory + "/" + path, isDirectory: &isDirectory)
                && !isDirectory.boolValue
        }.sorted()
    }
}

extension BlobDirectory {
    /// Stores chunks and their list.
    func put(ciphertext chunks: [[UInt8]]) throws {
        for chunk in chunks { try put(chunk: chunk) }
        try put(list: ChunkTree(chunks).names)
    }
}
