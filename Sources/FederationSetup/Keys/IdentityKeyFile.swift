import Foundation
package import Ledger
package import RingArithmetic
import SQLiteStorage

/// The file that holds a party's identity: the 32 bytes of an Ed25519 seed, for its owner to read only.
package struct IdentityKeyFile: Hashable, Sendable {
    package let path: String

    package static let seedBytes = 32

    package init(_ path: String) { self.path = path }

    /// Makes the file; an existing one is never overwritten.
    ///
    /// - Throws: `StorageError` with code `exists`, or the system's no.
    package func makeNew(using rng: inout some CryptographicGenerator) throws {
        var seed = [UInt8](repeating: 0, count: Self.seedBytes)
        rng.fill(&seed)
        defer { zeroise(&seed) }
        do {
            try Files.create(seed, at: path, mode: 0o600)
        } catch let error as StorageError where error.code == .exists {
            throw StorageError(
                .exists,
                "\(path) exists already and is not overwritten: it is an identity that others may know. Use it, or "
                    + "give another directory.")
        }
    }

    /// - Throws: `SetupError` with code `missing`, `exposedKey` or `malformed`.
    package func identity(named name: String) throws -> Identity {
        guard Files.exists(path) else {
            throw SetupError(.missing, "\(path): there is no identity key; make one with init, or restore it.")
        }
        guard try !Self.isExposed(path) else {
            throw SetupError(
                .exposedKey, "\(path) can be read by others than its owner; take that away with chmod 600.")
        }
        var seed = try Files.read(path)
        defer { zeroise(&seed) }
        guard seed.count == Self.seedBytes else {
            throw SetupError(
                .malformed, "\(path) holds \(seed.count) bytes; an identity key holds \(Self.seedBytes). Restore it.")
        }
        return try Identity(seed: seed, name: name)
    }

    /// Whether group or others may do anything with the file.
    package static func isExposed(_ path: String) throws -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw SetupError(.missing, "\(path): \(String(cString: strerror(errno)))")
        }
        return status.st_mode & 0o077 != 0
    }
}
