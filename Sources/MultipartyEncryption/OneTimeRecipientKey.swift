internal import Crypto
internal import Foundation
internal import RingArithmetic

/// A recipient's key for one round, X-Wing (ML-KEM-768 with X25519), erased when the round ends.
///
/// draft-connolly-cfrg-xwing-kem-06 inside HPKE (RFC 9180), AES-256-GCM.
package struct OneTimeRecipientKey: Sendable {
    private var seed: [UInt8]
    package let publicKey: [UInt8]

    /// - Parameter seed: 32 secret uniform bytes.
    /// - Throws: `SharingError` for another length.
    package init(seed: [UInt8]) throws {
        guard seed.count == 32 else {
            throw SharingError(.unusableKey, "a recipient key grows from 32 bytes, not \(seed.count)")
        }
        self.seed = seed
        publicKey = Array(try Self.privateKey(seed).publicKey.rawRepresentation)
    }

    /// - Throws: `SharingError` when the key was erased, or the bytes were sealed to another key, for another purpose,
    ///   or were altered.
    package func open(_ sealed: [UInt8], info: [UInt8]) throws -> [UInt8] {
        guard !seed.isEmpty else {
            throw SharingError(.unusableKey, "this one-time key was erased; its round is over")
        }
        guard sealed.count > RecipientSuite.encapsulatedBytes else {
            throw SharingError(.cannotOpen, "sealed bytes are too short: \(sealed.count)")
        }
        let key = try Self.privateKey(seed)
        do {
            var recipient = try HPKE.Recipient(
                privateKey: key, ciphersuite: RecipientSuite.suite, info: Data(info),
                encapsulatedKey: Data(sealed[..<RecipientSuite.encapsulatedBytes]))
            return Array(try recipient.open(Data(sealed[RecipientSuite.encapsulatedBytes...])))
        } catch {
            throw SharingError(
                .cannotOpen, "sealed bytes were not made for this key and purpose, or were altered (\(error))")
        }
    }

    /// Overwrites the seed; the key opens nothing afterwards.
    package mutating func erase() {
        zeroise(&seed)
        seed = []
    }

    private static func privateKey(_ seed: [UInt8]) throws -> XWingMLKEM768X25519.PrivateKey {
        do {
            return try XWingMLKEM768X25519.PrivateKey(seedRepresentation: seed, publicKey: nil)
        } catch {
            throw SharingError(.unusableKey, "no X-Wing key grows from this seed (\(error))")
        }
    }
}
