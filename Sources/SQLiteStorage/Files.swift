import Foundation

/// File operations that end on the disk, or throw.
enum Files {
    static func read(_ path: String) throws -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StorageError(.notFound, "\(path) does not exist")
        }
        return try StorageError.wrapping(.cannotRead, path) {
            Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        }
    }

    /// Writes `bytes` beside `path`, synchronises, and renames: after a crash the old file or the new one is there.
    static func write(_ bytes: [UInt8], to path: String, _ durability: Durability = .eachWrite) throws {
        try StorageError.wrapping(.cannotWrite, path) {
            let folder = (path as NSString).deletingLastPathComponent
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let temporary = path + ".partial"
            guard FileManager.default.createFile(atPath: temporary, contents: nil) else {
                throw StorageError(.cannotWrite, "\(temporary) cannot be created; is the disk full or read-only?")
            }
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
            do {
                try handle.write(contentsOf: Data(bytes))
                if durability == .eachWrite { try handle.synchronize() }
                try handle.close()
            } catch {
                try? handle.close()
                try? FileManager.default.removeItem(atPath: temporary)
                throw error
            }
            guard rename(temporary, path) == 0 else {
                throw StorageError(.cannotWrite, "\(path): \(String(cString: strerror(errno)))")
            }
        }
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Paths of all files under `folder`, relative to it, sorted.
    static func list(_ folder: String) throws -> [String] {
        try StorageError.wrapping(.cannotRead, folder) {
            try FileManager.default.subpathsOfDirectory(atPath: folder).filter { path in
                var isDirectory: ObjCBool = false
                let exists = FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isDirectory)
                return exists && !isDirectory.boolValue
            }.sorted()
        }
    }
}
