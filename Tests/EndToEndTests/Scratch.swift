import Foundation

/// A directory of one test, gone with it.
final class Scratch {
    let root: URL

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-end-to-end-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: root)
        } catch {
            print("\(root.path) could not be removed: \(error)")
        }
    }

    func url(_ name: String) -> URL { root.appendingPathComponent(name) }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: url(name).path) }

    func data(_ name: String) throws -> Data { try Data(contentsOf: url(name)) }

    /// Writes a file, and the folders above it.
    func write(_ data: Data, to name: String) throws {
        try FileManager.default.createDirectory(
            at: url(name).deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url(name))
    }

    func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    /// Flips the lowest bit of one byte.
    func flip(_ name: String, at position: Int) throws {
        var bytes = try data(name)
        bytes[bytes.startIndex + position] ^= 1
        try bytes.write(to: url(name))
    }

    /// Paths of all files below a folder, relative to the root, sorted.
    func files(below folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: url(folder).path).map { "\(folder)/\($0)" }
            .filter { !url($0).hasDirectoryPath }.sorted()
    }
}
