import Foundation
import Ledger
import SQLiteStorage

/// `agreement.json` and `agreement.signatures` in a party's directory: a draft until all have signed.
package struct AgreementFiles: Sendable {
    package static let agreementName = "agreement.json"
    package static let signaturesName = "agreement.signatures"

    package let directory: String

    package init(directory: String) { self.directory = directory }

    package var agreementPath: String { "\(directory)/\(Self.agreementName)" }
    package var signaturesPath: String { "\(directory)/\(Self.signaturesName)" }

    /// Signatures on disk, keys and signatures in hexadecimal.
    private struct Stored: Codable {
        struct Signature: Codable {
            let key: String
            let signature: String
        }
        let agreement: Digest
        let signatures: [Signature]
    }

    /// The agreement with every signature checked; nil where there is none.
    ///
    /// - Throws: `FederationError(.agreement)`, `SetupError` with code `malformed` for bytes that were altered.
    package func read() throws -> SignedAgreement? {
        guard Files.exists(agreementPath) else { return nil }
        return try Self.read(agreement: agreementPath, signatures: signaturesPath)
    }

    /// An agreement, and the signatures beside it where there are some.
    package static func read(agreement: String, signatures: String) throws -> SignedAgreement {
        var signed = try SignedAgreement(canonicalJSON: try Files.read(agreement))
        guard Files.exists(signatures) else { return signed }
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(try Files.read(signatures))) else {
            throw SetupError(.malformed, "\(signatures) holds no signatures; restore it, or fetch them again.")
        }
        guard stored.agreement == signed.digest else {
            throw SetupError(
                .malformed,
                "\(agreement) is not what was signed: its digest is \(signed.digest.hex), signed was "
                    + "\(stored.agreement.hex). Restore both files.")
        }
        for entry in stored.signatures {
            guard let key = decodeHexadecimal(entry.key), let bytes = decodeHexadecimal(entry.signature) else {
                throw SetupError(.malformed, "\(signatures) holds a signature that is no hexadecimal; restore it.")
            }
            do {
                try signed.add(AgreementSignature(publicKey: key, signature: bytes))
            } catch let error as SetupError {
                throw SetupError(.malformed, "\(signatures): \(error.message)")
            }
        }
        return signed
    }

    /// Stores both files durably. After a crash there are the old ones, the agreement unsigned, or the new ones.
    package func write(_ signed: SignedAgreement) throws {
        if try !Files.exists(agreementPath) || Files.read(agreementPath) != signed.json {
            if Files.exists(signaturesPath) { try Files.remove(signaturesPath) }
            try Files.write(signed.json, to: agreementPath)
        }
        let stored = Stored(
            agreement: signed.digest,
            signatures: signed.signatures.map {
                .init(key: hexadecimal($0.publicKey), signature: hexadecimal($0.signature))
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try Files.write([UInt8](try encoder.encode(stored)), to: signaturesPath)
    }
}
