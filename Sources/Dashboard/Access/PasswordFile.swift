import Crypto
import CryptoExtras
package import Foundation
import Ledger
package import RingArithmetic

/// A password's scrypt hash (RFC 7914) with its salt and cost, as a file of JSON. The password itself is kept nowhere.
package struct PasswordFile: Hashable, Sendable, Codable {
    private let algorithm: String
    private let rounds: Int
    private let blockSize: Int
    private let parallelism: Int
    /// Hexadecimal.
    private let salt: String
    /// Hexadecimal, 32 bytes.
    private let hash: String

    package static let passwordBytesMin = 12
    package static let passwordBytesMax = 1_024
    private static let fileBytesMax = 4_096

    /// Hashes a password at N = 2¹⁷, r = 8, p = 1 (128 MiB), the first choice of OWASP's Password Storage Cheat Sheet.
    /// - Throws: `DashboardError` `.refused` for one that is too short or too long.
    package init(hashing password: [UInt8], using rng: inout some CryptographicGenerator) throws {
        guard (Self.passwordBytesMin...Self.passwordBytesMax).contains(password.count) else {
            throw DashboardError(
                .refused,
                "a password has \(Self.passwordBytesMin) to \(Self.passwordBytesMax) bytes, this one has "
                    + "\(password.count)")
        }
        var salt = [UInt8](repeating: 0, count: 16)
        rng.fill(&salt)
        algorithm = "scrypt"
        rounds = 1 << 17
        blockSize = 8
        parallelism = 1
        self.salt = hexadecimal(salt)
        hash = hexadecimal(try Self.derive(password, salt: salt, rounds: rounds, blockSize: 8, parallelism: 1))
    }

    /// Reads a file that `cordon dashboard password` wrote.
    /// - Throws: `DashboardError` `.unreadable` or `.malformed`.
    package init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DashboardError(.unreadable, "\(path): the password file cannot be read")
        }
        guard data.count <= Self.fileBytesMax, let file = try? JSONDecoder().decode(Self.self, from: data),
            file.isSound
        else {
            throw DashboardError(
                .malformed, "\(path) is no password file; make one with: cordon dashboard password --out FILE")
        }
        self = file
    }

    /// Not cheap enough to guess, not dear enough to stop the machine that reads it.
    private var isSound: Bool {
        algorithm == "scrypt" && (1 << 15...1 << 20).contains(rounds) && rounds.nonzeroBitCount == 1 && blockSize == 8
            && (1...4).contains(parallelism) && (decodeHexadecimal(salt)?.count ?? 0) >= 16
            && decodeHexadecimal(hash)?.count == 32
    }

    /// The contents of the file.
    package var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            return try encoder.encode(self) + Data("\n".utf8)
        }
    }

    /// Whether `password` is the one, in a time that does not tell how much of it is right.
    func accepts(_ password: [UInt8]) -> Bool {
        guard password.count <= Self.passwordBytesMax, let salt = decodeHexadecimal(salt),
            let expected = decodeHexadecimal(hash),
            let found = try? Self.derive(
                password, salt: salt, rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        else { return false }
        return constantTimeEquals(found, expected)
    }

    private static func derive(_ password: [UInt8], salt: [UInt8], rounds: Int, blockSize: Int, parallelism: Int)
        throws -> [UInt8]
    {
        try KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: 32, rounds: rounds, blockSize: blockSize,
            parallelism: parallelism, maxMemory: 2 << 30
        ).withUnsafeBytes { Array($0) }
    }
}
