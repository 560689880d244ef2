import Crypto
import Foundation
import RingArithmetic

/// The one readable file of a store: which key opens it, and the store's key sealed under that one.
///
/// Every field is bound to the sealed key, so that no other header opens it.
struct StoreHeader: Codable, Hashable, Sendable {
    static let fileName = "store.json"
    static let formatName = "cordon sealed store"

    var format = Self.formatName
    var version = 1
    /// 16 random bytes in hexadecimal: names the store everywhere.
    let store: String
    /// Nil for a key file of random bytes.
    let scrypt: ScryptParameters?
    /// Tells a wrong key from a header that was altered. Hexadecimal.
    private(set) var keyCheck = ""
    /// The store's key, sealed. Hexadecimal.
    private(set) var sealedKey = ""

    /// A new store and its key.
    static func make(
        keyFile: StoreKeyFile, isPassphrase: Bool, using rng: inout some CryptographicGenerator
    ) throws -> (StoreHeader, StoreKeys) {
        var identifier = [UInt8](repeating: 0, count: 16)
        rng.fill(&identifier)
        var header = StoreHeader(
            store: hexadecimal(identifier), scrypt: isPassphrase ? ScryptParameters(using: &rng) : nil)
        let outer = try header.outerKey(keyFile)
        header.keyCheck = header.check(of: outer)
        var (key, bytes) = SealingKey.fresh(using: &rng)
        defer { zeroise(&bytes) }
        header.sealedKey = hexadecimal(try outer.seal(bytes, context: try header.context, using: &rng))
        return (header, StoreKeys(key, store: identifier))
    }

    init(store: String, scrypt: ScryptParameters?) {
        self.store = store
        self.scrypt = scrypt
    }

    /// - Throws: `ImagingError` with code `storeTampered` for bytes that are no header.
    init(reading bytes: [UInt8], place: String) throws {
        guard let header = try? JSONDecoder().decode(StoreHeader.self, from: Data(bytes)),
            header.format == Self.formatName, header.identifier.count == 16,
            header.scrypt?.areAcceptable ?? true
        else {
            throw ImagingError(
                .storeTampered, "\(place) is no header of a sealed store, or it was altered; restore it from a backup.")
        }
        guard header.version == 1 else {
            throw ImagingError(
                .storeTampered, "\(place) is of version \(header.version), known is 1: a newer Cordon is needed.")
        }
        self = header
    }

    var identifier: [UInt8] { bytes(ofHexadecimal: store) ?? [] }

    /// Opens the store's key.
    ///
    /// - Throws: `ImagingError` with code `wrongKey`, or `storeTampered` when the key fits and the header does not.
    func unlock(with keyFile: StoreKeyFile, place: String) throws -> StoreKeys {
        let outer = try outerKey(keyFile)
        guard constantTimeEquals(Array(check(of: outer).utf8), Array(keyCheck.utf8)) else {
            throw ImagingError(.wrongKey, "\(keyFile.path) does not open the store at \(place): it is another's key.")
        }
        guard let sealed = bytes(ofHexadecimal: sealedKey), var key = outer.open(sealed, context: try context) else {
            throw ImagingError(
                .storeTampered, "\(place)/\(Self.fileName) was altered: the key fits, the header does not. Restore it.")
        }
        defer { zeroise(&key) }
        return StoreKeys(SealingKey(SymmetricKey(data: key)), store: identifier)
    }

    private func outerKey(_ keyFile: StoreKeyFile) throws -> SealingKey {
        let secret = try scrypt.map { try keyFile.key(stretchedBy: $0) } ?? keyFile.key()
        return secret.derived(for: "key of a store", salt: identifier)
    }

    private func check(of key: SealingKey) -> String {
        hexadecimal(key.derived(for: "key check").authenticationCode(identifier).prefix(8))
    }

    /// The header without the key that is sealed under it.
    private var context: [UInt8] {
        get throws {
            var bare = self
            bare.sealedKey = ""
            return try canonicalJSON(bare)
        }
    }
}

/// JSON with sorted keys: equal values have equal bytes.
func canonicalJSON(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value))
}
