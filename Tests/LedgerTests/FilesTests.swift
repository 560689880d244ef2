import Foundation
import Ledger
import SQLiteStorage
import Testing

@Suite struct FilesTests {
    @Test func writtenIsReadWithItsPermissions() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a/b/file"
        for size in [0, 1, 65_535, 65_536, 200_001] {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try Files.write(bytes, to: path, mode: 0o600)
            #expect(try Files.read(path) == bytes)
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/b") == ["file"])
    }

    /// What has no length beforehand is read to its end.
    @Test func filesWithoutALengthAreReadWhole() throws {
        let status = String(decoding: try Files.read("/proc/self/status"), as: UTF8.self)
        #expect(status.contains("VmRSS") && status.hasSuffix("\n"))
    }

    @Test func failuresAreNamed() throws {
        let folder = try TemporaryFolder()
        func code(_ body: () throws -> Void) -> StorageError.Code? {
            #expect(throws: StorageError.self, performing: body)?.code
        }
        #expect(code { _ = try Files.read(folder.path + "/none") } == .notFound)
        #expect(code { _ = try Files.read(folder.path) } == .cannotRead)
        try Files.write([1], to: folder.path + "/file")
        #expect(code { try Files.write([1], to: folder.path + "/file/below") } == .cannotWrite)
        #expect(code { try Files.create([2], at: folder.path + "/file", mode: 0o600) } == .exists)
        #expect(try Files.read(folder.path + "/file") == [1])
    }

    /// The same chunk from several connections at once is one file, and whole at any moment.
    @Test func oneChunkWrittenByManyIsWhole() async throws {
        let folder = try TemporaryFolder()
        let blobs = BlobDirectory(directory: folder.path)
        let chunks = (0..<4).map { [UInt8](repeating: UInt8($0), count: 300_000) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for chunk in chunks {
                        let name = chunkDigest(chunk)
                        try blobs.keep(chunk, named: name)
                        #expect(try blobs.chunk(name) == chunk)
                    }
                }
            }
            try await group.waitForAll()
        }
        let left = "\(folder.path)/blobs/00/left.1.partial"
        try Files.write([1], to: left)
        try blobs.removePartialFiles()
        #expect(!Files.exists(left))
        #expect(chunks.allSatisfy { blobs.holds(chunkDigest($0)) })
    }
}
