import Foundation
import HomomorphicEncryption

/// The blobs of one streaming run: a file an update, read block by block, and the helpers' answers.
struct BlobFiles {
    let directory: URL

    init(_ path: String) throws {
        directory = URL(fileURLWithPath: path, isDirectory: true)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    func update(of member: Int) -> URL { directory.appendingPathComponent("update-\(member).bin") }

    func keyShareSum(of helper: Int) -> URL { directory.appendingPathComponent("key-share-sum-\(helper).bin") }

    func sketchAnswers(about dealer: Int) -> URL { directory.appendingPathComponent("sketch-answers-\(dealer).bin") }

    var encryptedSum: URL { directory.appendingPathComponent("encrypted-sum.bin") }

    var expectedDigest: URL { directory.appendingPathComponent("expected-digest.bin") }

    func write(_ parts: [[UInt8]], to url: URL) throws {
        guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
            throw BenchmarkFailure("\(url.path) cannot be written")
        }
        let handle = try FileHandle(forWritingTo: url)
        for part in parts {
            try handle.write(contentsOf: part)
        }
        try handle.close()
    }

    func read(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

    /// Piece `index` of pieces of `size` bytes.
    static func piece(_ index: Int, size: Int, of handle: FileHandle) throws -> [UInt8] {
        try handle.seek(toOffset: UInt64(index * size))
        guard let data = try handle.read(upToCount: size), data.count == size else {
            throw BenchmarkFailure("a blob ends before piece \(index)")
        }
        return [UInt8](data)
    }
}
