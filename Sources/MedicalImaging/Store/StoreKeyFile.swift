import Crypto
import CryptoExtras
import Foundation
package import RingArithmetic

/// The file that opens a store: 32 random bytes, or a passphrase; outside the store, for its owner to read only.
package struct StoreKeyFile: Hashable, Sendable {
    package let path: String

    static let keyBytes = 32
    static let shortestPassphrase = 12

    package init(_ path: String) { self.path = path }

    /// Where the newest generation of the stores that this file opens is kept: outside the stores, beside the key.
    var anchorPath: String { path + ".anchor" }

    package var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// Makes a key file of 32 random bytes with mode 0600; an existing file is never overwritten.
    ///
    /// - Throws: `ImagingError` with code `invalidArgument` for an existing file, `unwritableFile` for the system's no.
    package func makeNew(using rng: inout some CryptographicGenerator) throws {
        var bytes = [UInt8](repeating: 0, count: Self.keyBytes)
        rng.fill(&bytes)
        defer { zeroise(&bytes) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST {
                throw ImagingError(
                    .invalidArgument,
                    "\(path) exists already and is not overwritten: a store sealed under it could never be opened "
                        + "again. Leave --new-key out to use it, or give another name.")
            }
            throw unwritable(path)
        }
        defer { close(descriptor) }
        try writeAll(bytes, to: descriptor, path: path)
        guard fsync(descriptor) == 0 else { throw unwritable(path) }
    }

    /// The key of a key file.
    func key() throws -> SealingKey { SealingKey(try secret()) }

    /// The bytes themselves.
    func secret() throws -> SymmetricKey {
        var bytes = try content()
        defer { zeroise(&bytes) }
        guard bytes.count == Self.keyBytes else {
            throw ImagingError(
                .malformedKey,
                "\(path) holds \(bytes.count) bytes; a key file holds \(Self.keyBytes) random ones. Make one with "
                    + "--new-key, or say --passphrase when it holds a passphrase.")
        }
        return SymmetricKey(data: bytes)
    }

    /// The key of a passphrase, through scrypt (RFC 7914). Line ends after the passphrase do not count.
    func key(stretchedBy parameters: ScryptParameters) throws -> SealingKey {
        var bytes = try content()
        defer { zeroise(&bytes) }
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard bytes.count >= Self.shortestPassphrase else {
            throw ImagingError(
                .malformedKey,
                "\(path) holds a passphrase of \(bytes.count) bytes; \(Self.shortestPassphrase) or more are needed.")
        }
        return try parameters.key(of: bytes)
    }

    private func content() throws -> [UInt8] {
        let bytes = try readFile(path, missing: .missingPath, what: "Key")
        // Of the file itself, where the path is a link to it.
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 == 0 else {
            throw ImagingError(
                .exposedKey, "\(path) can be read by others than its owner; take that away with chmod 600.")
        }
        return bytes
    }
}
