import Foundation

/// Held while one process reads and rewrites a file; given back with its owner, even one that is killed.
package final class FileLock: Sendable {
    private let descriptor: Int32

    /// Waits until the lock on `path`, a file that is made where there is none, is free.
    /// - Throws: `StorageError` `.cannotOpen`.
    package init(waitingFor path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StorageError(.cannotOpen, "\(path): \(String(cString: strerror(errno)))")
        }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let reason = String(cString: strerror(errno))
                close(descriptor)
                throw StorageError(.cannotOpen, "\(path) cannot be locked: \(reason)")
            }
        }
    }

    deinit { close(descriptor) }
}
