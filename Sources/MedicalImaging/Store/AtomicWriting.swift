package import Foundation

/// Ends the names of files that were still being written when a program was stopped.
let partialSuffix = ".partial"

/// Writes beside and renames, so that a half-written file never has the name of a whole one.
///
/// - Parameters:
///   - mode: Permissions of the file, for instance 0600.
///   - isDurable: Whether the bytes must be on the disk before the name is.
/// - Throws: `ImagingError` with code `unwritableFile`.
package func writeAtomically(_ bytes: some DataProtocol, to path: String, mode: mode_t, isDurable: Bool) throws {
    let partial = path + partialSuffix
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw unwritable(path) }
    do {
        try writeAll(bytes, to: descriptor, path: path)
        guard !isDurable || fsync(descriptor) == 0 else { throw unwritable(path) }
        guard close(descriptor) == 0 else { throw unwritable(path) }
    } catch {
        close(descriptor)
        unlink(partial)
        throw error
    }
    guard rename(partial, path) == 0 else {
        let failure = unwritable(path)
        unlink(partial)
        throw failure
    }
    if isDurable { try synchroniseFolder(of: path) }
}

/// Writes all bytes, over and over where the system takes only some of them.
func writeAll(_ bytes: some DataProtocol, to descriptor: Int32, path: String) throws {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if written >= 0 {
            rest = rest.dropFirst(written)
        } else if errno != EINTR {
            throw unwritable(path)
        }
    }
}

/// Makes a folder and those above it, readable by its owner only.
package func makeFolder(_ path: String) throws {
    do {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
        throw ImagingError(
            .unwritableFile, "The folder \(path) cannot be made (\(error.localizedDescription)); give another place.")
    }
}

/// What the last system call said about writing to `path`.
func unwritable(_ path: String) -> ImagingError {
    ImagingError(
        .unwritableFile,
        "\(path) cannot be written (\(String(cString: strerror(errno)))); free some space or give another place.")
}

private func synchroniseFolder(of path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unwritable(folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw unwritable(folder) }
}
