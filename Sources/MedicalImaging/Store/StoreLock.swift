import Foundation

/// Held by the one process that writes into a store; given back with its owner, even one that is killed.
final class StoreLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `ImagingError` with code `storeBusy`.
    init(of store: SealedStore) throws {
        let path = "\(store.path)/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unwritable(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ImagingError(.storeBusy, "Another ingest is writing into \(store.path); wait for its end.")
        }
    }

    deinit { close(descriptor) }
}
