import Foundation
import Testing

/// This checkout, found from where this file was compiled.
struct Repository {
    let root: URL

    init(file: String = #filePath) throws {
        root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        try #require(
            FileManager.default.fileExists(atPath: root.appendingPathComponent("Package.swift").path),
            "the sources that these tests were built from are no longer at \(root.path)")
    }

    /// All Swift files below a folder of the root, sorted by path.
    func swiftFiles(below folder: String) throws -> [SourceText] {
        try paths(below: folder).filter { $0.hasSuffix(".swift") }.map {
            SourceText(path: $0, text: try String(contentsOf: root.appendingPathComponent($0), encoding: .utf8))
        }
    }

    /// All files below a folder of the root, sorted.
    func paths(below folder: String) throws -> [String] {
        let enumerator = try #require(FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path))
        return enumerator.compactMap { $0 as? String }.map { "\(folder)/\($0)" }.sorted()
    }

    /// The paths that git tracks; nil where this is no git checkout or there is no git.
    func trackedPaths() throws -> [String]? {
        let git = Process()
        git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        git.arguments = ["git", "-c", "safe.directory=*", "-C", root.path, "ls-files", "-z"]
        let output = Pipe()
        git.standardOutput = output
        git.standardError = FileHandle.nullDevice
        try git.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        git.waitUntilExit()
        guard git.terminationStatus == 0 else { return nil }
        return String(decoding: data, as: UTF8.self).split(separator: "\0").map(String.init)
    }
}
