import Foundation

/// Secrets of one party on disk, each in a file of its own that only its owner can read, overwritten before it is
/// removed.
///
/// What a file system that copies on write, an SSD or a backup keeps of overwritten bytes is beyond this (SECURITY.md).
package struct SecretFiles: Sendable {
    package let directory: String

    /// - Parameter directory: made when needed, with access for its owner alone.
    package init(directory: String) throws {
        self.directory = directory
        try StorageError.wrapping(.cannotOpen, directory) {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
    }

    private func path(_ name: String) -> String { "\(directory)/\(name)" }

    package func has(_ name: String) -> Bool { Files.exists(path(name)) }

    /// Keeps a secret durably. A secret that is there is never replaced.
    package func keep(_ secret: [UInt8], as name: String) throws {
        let path = path(name)
        guard !Files.exists(path) else {
            throw StorageError(.cannotWrite, "\(path) exists; a secret is never replaced")
        }
        try Files.write(secret, to: path, mode: 0o600)
    }

    /// - Throws: `StorageError` `.notFound`, or `.corrupt` where others may read it.
    package func secret(_ name: String) throws -> [UInt8] {
        let path = path(name)
        let bytes = try Files.read(path)
        let attributes = try StorageError.wrapping(.cannotRead, path) {
            try FileManager.default.attributesOfItem(atPath: path)
        }
        guard let mode = attributes[.posixPermissions] as? Int, mode & 0o077 == 0 else {
            throw StorageError(.corrupt, "\(path) can be read by others: chmod 600 \(path)")
        }
        return bytes
    }

    /// Overwrites the secret with zeros, durably, and removes it; nothing happens where there is none.
    package func erase(_ name: String) throws {
        let path = path(name)
        guard Files.exists(path) else { return }
        try StorageError.wrapping(.cannotWrite, path) {
            let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            let size = try handle.seekToEnd()
            try handle.seek(toOffset: 0)
            try handle.write(contentsOf: Data(count: Int(size)))
            try handle.synchronize()
            try handle.close()
            try FileManager.default.removeItem(atPath: path)
        }
    }

    /// Names of all secrets, sorted.
    package func names() throws -> [String] { try Files.list(directory).filter { !$0.hasSuffix(".partial") } }
}
