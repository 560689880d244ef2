import Crypto
import CryptoExtras
import Foundation
import RingArithmetic

/// Cost of turning a passphrase into a key (scrypt, RFC 7914): N rounds, block size r, parallelism p, and the salt.
struct ScryptParameters: Codable, Hashable, Sendable {
    let rounds: Int
    let blockSize: Int
    let parallelism: Int
    /// Hexadecimal.
    let salt: String

    /// N = 2¹⁷, r = 8, p = 1: 128 MiB, the first choice of OWASP's Password Storage Cheat Sheet.
    init(using rng: inout some CryptographicGenerator) {
        var salt = [UInt8](repeating: 0, count: 16)
        rng.fill(&salt)
        rounds = 1 << 17
        blockSize = 8
        parallelism = 1
        self.salt = hexadecimal(salt)
    }

    /// What a header may ask for: not cheap enough to guess, not dear enough to stop the machine that reads it.
    var areAcceptable: Bool {
        (1 << 15...1 << 20).contains(rounds) && rounds.nonzeroBitCount == 1 && blockSize == 8
            && (1...4).contains(parallelism) && (bytes(ofHexadecimal: salt)?.count ?? 0) >= 16
    }

    func key(of passphrase: [UInt8]) throws -> SealingKey {
        precondition(areAcceptable)
        return SealingKey(
            try KDF.Scrypt.deriveKey(
                from: passphrase, salt: bytes(ofHexadecimal: salt) ?? [], outputByteCount: 32, rounds: rounds,
                blockSize: blockSize, parallelism: parallelism, maxMemory: 2 << 30))
    }
}
