import Foundation
import Glibc

/// File operations that end on the disk, or throw.
package enum Files {
    package static func read(_ path: String) throws -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StorageError(.notFound, "\(path) does not exist")
        }
        return try StorageError.wrapping(.cannotRead, path) {
            Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        }
    }

    /// Writes `bytes` beside `path`, synchronises, and renames: after a crash the old file or the new one is there.
    ///
    /// - Parameter mode: permissions of the file, for instance 0600.
    package static func write(
        _ bytes: [UInt8], to path: String, _ durability: Durability = .eachWrite, mode: Int = 0o644
    ) throws {
        try StorageError.wrapping(.cannotWrite, path) {
            try FileManager.default.createDirectory(atPath: folder(of: path), withIntermediateDirectories: true)
            let temporary = path + ".partial"
            let attributes: [FileAttributeKey: Any] = [.posixPermissions: mode]
            guard FileManager.default.createFile(atPath: temporary, contents: nil, attributes: attributes) else {
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
            if durability == .eachWrite { try synchroniseFolder(of: path) }
        }
    }

    /// Writes a file that must not be there yet, durably.
    ///
    /// - Parameter mode: permissions of the file, for instance 0600.
    /// - Throws: `StorageError` with code `exists` for a file that is there, which stays as it is.
    package static func create(_ bytes: [UInt8], at path: String, mode: Int) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
        guard descriptor >= 0 else {
            let exists = errno == EEXIST
            throw StorageError(
                exists ? .exists : .cannotWrite,
                exists
                    ? "\(path) exists already and is not overwritten" : "\(path): \(String(cString: strerror(errno)))")
        }
        try StorageError.wrapping(.cannotWrite, path) {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            do {
                try handle.write(contentsOf: Data(bytes))
                try handle.synchronize()
                try handle.close()
                try synchroniseFolder(of: path)
            } catch {
                try? FileManager.default.removeItem(atPath: path)
                throw error
            }
        }
    }

    /// The name is on the disk when its folder is.
    private static func synchroniseFolder(of path: String) throws {
        try synchronise(folder(of: path))
    }

    /// Makes a folder and those above it, readable by its owner only.
    package static func makeFolder(_ path: String) throws {
        try StorageError.wrapping(.cannotWrite, path) {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
    }

    /// Makes a file that was written without durability durable, or the names in a folder. A file's name is durable
    /// once its folder is.
    static func synchronise(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { _ = close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw StorageError(.cannotWrite, "\(path): \(String(cString: strerror(errno)))")
        }
    }

    /// Removes a file; nothing happens where there is none.
    package static func remove(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw StorageError(.cannotWrite, "\(path): \(String(cString: strerror(errno)))")
        }
    }

    /// Moves a file or a folder on one disk, durably; nothing happens where there is none.
    package static func move(_ source: String, to target: String) throws {
        guard exists(source) else { return }
        guard rename(source, target) == 0 else {
            throw StorageError(.cannotWrite, "\(target): \(String(cString: strerror(errno)))")
        }
        try synchroniseFolder(of: target)
        try synchroniseFolder(of: source)
    }

    /// Removes a folder with all that is in it; nothing happens where there is none.
    package static func removeTree(_ path: String) throws {
        guard exists(path) else { return }
        try StorageError.wrapping(.cannotWrite, path) { try FileManager.default.removeItem(atPath: path) }
    }

    /// Bytes that this user may still write on the disk of `path`.
    package static func freeBytes(at path: String) throws -> Int {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else {
            throw StorageError(.cannotRead, "\(path): \(String(cString: strerror(errno)))")
        }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    /// The folder that a path lies in. Foundation's own answer traps on a name of one character.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    package static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

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
