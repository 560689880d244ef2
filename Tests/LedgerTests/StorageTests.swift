import Foundation
import Ledger
import SQLiteStorage
import Testing

/// A folder that is removed with the value's last use.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite struct StorageTests {
    @Test func recordsSurviveReopening() throws {
        let folder = try TemporaryFolder()
        let federation = try TestFederation()
        do {
            let store = try SQLiteLedgerStore(path: folder.path + "/ledger.sqlite")
            for record in federation.log.records { try store.append(record, leafHash: record.leafHash) }
        }
        let reopened = try SQLiteLedgerStore(directory: folder.path)
        #expect(try reopened.records() == federation.log.records)
        #expect(throws: StorageError.self) {
            try reopened.append(federation.log.records[0], leafHash: federation.log.records[0].leafHash)
        }
    }

    @Test func sealedLedgerTakesNoMore() throws {
        let folder = try TemporaryFolder()
        _ = try StoredLedger(in: folder.path)
        let error = #expect(throws: StorageError.self) { try SQLiteLedgerStore(directory: folder.path) }
        #expect(error?.code == .sealed)
    }

    @Test func tornFilesAreErrorsNotCrashes() throws {
        let folder = try TemporaryFolder()
        let federation = try TestFederation()
        let path = folder.path + "/ledger.sqlite"
        do {
            let store = try SQLiteLedgerStore(path: path)
            for record in federation.log.records { try store.append(record, leafHash: record.leafHash) }
        }
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        for size in [1, 50, 100, 2_000, 4_096, 5_000, whole.count - 1, whole.count - 4_096] {
            try whole.prefix(size).write(to: URL(fileURLWithPath: path))
            #expect(throws: StorageError.self, "\(size) of \(whole.count) bytes") {
                let records = try SQLiteLedgerStore(path: path).records()
                guard records == federation.log.records else { throw StorageError(.corrupt, "entries are missing") }
            }
        }
    }

    @Test func blobsAreVerifiedWhenRead() throws {
        let folder = try TemporaryFolder()
        let blobs = BlobDirectory(directory: folder.path)
        let chunks: [[UInt8]] = [[1, 2, 3], [], [4]]
        let root = merkleRoot(ofChunks: chunks)
        try blobs.put(ciphertext: chunks)
        #expect(try blobs.chunks(ofCiphertext: root) == chunks)
        let digest = chunkDigest([4])
        #expect(try blobs.chunk(digest) == [4])
        try Data([5]).write(to: URL(fileURLWithPath: "\(folder.path)/blobs/\(digest.hex.prefix(2))/\(digest.hex)"))
        #expect(throws: StorageError.self) { try blobs.chunk(digest) }
        #expect(throws: StorageError.self) { try blobs.chunk(chunkDigest([99])) }
    }
}
