import Foundation
import Glibc

/// File operations that end on the disk, or throw.
package enum Files {
    package static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw StorageError(.notFound, "\(path) does not exist") }
            throw StorageError.lastFailure(.cannotRead, path)
        }
        defer { _ = close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw StorageError.lastFailure(.cannotRead, path) }
        // One byte more than it is long tells where it ends; what has no length, or grows, is read in pieces.
        var bytes: [UInt8] = []
        var wanted = Int(status.st_size) + 1
        while true {
            let count = bytes.count
            let piece = try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialised in
                initialised = try retried(path, .cannotRead) { Glibc.read(descriptor, buffer.baseAddress, wanted) }
            }
            if piece.isEmpty { return bytes }
            bytes = count == 0 ? piece : bytes + piece
            wanted = max(Int(status.st_size) + 1 - bytes.count, pieceBytes)
        }
    }

    /// Writes `bytes` beside `path`, synchronises, and renames: after a crash the old file or the new one is there.
    ///
    /// - Parameters:
    ///   - mode: permissions of the file, for instance 0600.
    ///   - isShared: whether others may write the same bytes to the same path at the same time. What a crash leaves of
    ///     it, a name that ends in `partial`, is then nobody's to overwrite.
    package static func write(
        _ bytes: [UInt8], to path: String, _ durability: Durability = .eachWrite, mode: Int = 0o644,
        isShared: Bool = false
    ) throws {
        let temporary = path + (isShared ? ".\(UInt64.random(in: 0...UInt64.max))" : "") + partialSuffix
        var descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(mode))
        if descriptor < 0, errno == ENOENT {
            try StorageError.wrapping(.cannotWrite, path) {
                try FileManager.default.createDirectory(atPath: folder(of: path), withIntermediateDirectories: true)
            }
            descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(mode))
        }
        guard descriptor >= 0 else { throw StorageError.lastFailure(.cannotWrite, temporary) }
        try fill(descriptor, with: bytes, temporary, mode: mode, synchronising: durability == .eachWrite)
        guard rename(temporary, path) == 0 else { throw StorageError.lastFailure(.cannotWrite, path) }
        if durability == .eachWrite { try synchroniseFolder(of: path) }
    }

    /// Writes a file that must not be there yet, durably.
    ///
    /// - Parameter mode: permissions of the file, for instance 0600.
    /// - Throws: `StorageError` with code `exists` for a file that is there, which stays as it is.
    package static func create(_ bytes: [UInt8], at path: String, mode: Int) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
        guard descriptor >= 0 else {
            if errno == EEXIST { throw StorageError(.exists, "\(path) exists already and is not overwritten") }
            throw StorageError.lastFailure(.cannotWrite, path)
        }
        try fill(descriptor, with: bytes, path, mode: mode, synchronising: true)
        try synchroniseFolder(of: path)
    }

    /// Writes a new file's bytes and closes it; one that cannot be written whole is removed.
    private static func fill(
        _ descriptor: Int32, with bytes: [UInt8], _ path: String, mode: Int, synchronising: Bool
    ) throws {
        do {
            defer { _ = close(descriptor) }
            // The process's mask may have taken permissions away.
            guard fchmod(descriptor, mode_t(mode)) == 0 else { throw StorageError.lastFailure(.cannotWrite, path) }
            try bytes.withUnsafeBytes { buffer in
                var written = 0
                while written < buffer.count {
                    written += try retried(path, .cannotWrite) {
                        Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
                    }
                }
            }
            if synchronising, fsync(descriptor) != 0 { throw StorageError.lastFailure(.cannotWrite, path) }
        } catch {
            try? remove(path)
            throw error
        }
    }

    /// What a call that moves bytes returns, made again when a signal cut it short.
    private static func retried(_ path: String, _ code: StorageError.Code, _ call: () -> Int) throws -> Int {
        while true {
            let count = call()
            if count >= 0 { return count }
            guard errno == EINTR else { throw StorageError.lastFailure(code, path) }
        }
    }

    private static let pieceBytes = 1 << 16
    static let partialSuffix = ".partial"

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
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw StorageError.lastFailure(.cannotWrite, path) }
    }

    /// Removes a file; nothing happens where there is none.
    package static func remove(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else { throw StorageError.lastFailure(.cannotWrite, path) }
    }

    /// Moves a file or a folder on one disk, durably; nothing happens where there is none.
    package static func move(_ source: String, to target: String) throws {
        guard exists(source) else { return }
        guard rename(source, target) == 0 else { throw StorageError.lastFailure(.cannotWrite, target) }
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
        guard statvfs(path, &status) == 0 else { throw StorageError.lastFailure(.cannotRead, path) }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    /// The folder that a path lies in. Foundation's own answer traps on a name of one character.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Whether a file or a folder is there; a link to nothing is not.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

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
