import Crypto
import Federation
import Foundation
import MultipartyEncryption
import RingArithmetic
import SQLiteStorage

/// A hospital's one-time keys and the keys under which its journal keeps contributions, each in a file of its own.
struct HospitalSecrets: Sendable {
    private let files: SecretFiles

    init(directory: String) throws { files = try SecretFiles(directory: directory) }

    // MARK: One-time recipient keys

    private func name(ofKey index: Int) -> String { "recipient-\(index).key" }

    /// Makes one-time keys, one for each round, durably.
    func makeRecipientKeys(count: Int) throws {
        var generator = SystemRandomNumberGenerator()
        for index in 0..<count where !files.has(name(ofKey: index)) {
            var seed = [UInt8](repeating: 0, count: 32)
            generator.fill(&seed)
            try files.keep(seed, as: name(ofKey: index))
            zeroise(&seed)
        }
    }

    /// The keys by index; an erased one is nil.
    func recipientKeys(count: Int) throws -> [OneTimeRecipientKey?] {
        try (0..<count).map { index in
            guard files.has(name(ofKey: index)) else { return nil }
            return try OneTimeRecipientKey(seed: files.secret(name(ofKey: index)))
        }
    }

    /// Erases the files of all keys that the hospital no longer has.
    func eraseRecipientKeys(except left: [Int], count: Int) throws {
        let left = Set(left)
        for index in 0..<count where !left.contains(index) { try files.erase(name(ofKey: index)) }
    }

    // MARK: Contributions in the journal

    private func name(ofRound round: UInt32) -> String { "round-\(round).key" }

    /// Seals a contribution for the journal under a key that is erased with the round: AES-256-GCM, nonce ‖ ciphertext
    /// ‖ tag.
    func seal(_ secret: [UInt8], round: UInt32) throws -> [UInt8] {
        // A key that a crash left behind before anything was sealed under it is used now.
        if !files.has(name(ofRound: round)) {
            var key = [UInt8](repeating: 0, count: 32)
            var generator = SystemRandomNumberGenerator()
            generator.fill(&key)
            try files.keep(key, as: name(ofRound: round))
        }
        let box = try AES.GCM.seal(secret, using: key(of: round), authenticating: authenticated(round))
        guard let combined = box.combined else { preconditionFailure("a box with a nonce of 12 bytes is combined") }
        return [UInt8](combined)
    }

    /// The contribution; nil when the round's key was erased.
    ///
    /// - Throws: for bytes that were altered.
    func open(_ sealed: [UInt8], round: UInt32) throws -> [UInt8]? {
        guard files.has(name(ofRound: round)) else { return nil }
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return [UInt8](try AES.GCM.open(box, using: key(of: round), authenticating: authenticated(round)))
        } catch let error as CryptoKitError {
            throw ServiceError(
                .state, "the journal's contribution to round \(round) was altered, or its key was (\(error))")
        }
    }

    /// Erases the keys of all rounds up to this one.
    func eraseRounds(through last: UInt32) throws {
        for name in try files.names() where name.hasPrefix("round-") {
            guard let round = UInt32(name.dropFirst("round-".count).prefix(while: \.isNumber)), round <= last else {
                continue
            }
            try files.erase(name)
        }
    }

    private func key(of round: UInt32) throws -> SymmetricKey {
        SymmetricKey(data: try files.secret(name(ofRound: round)))
    }

    private func authenticated(_ round: UInt32) -> Data { Data("cordon/journalled-contribution/v1/\(round)".utf8) }
}
