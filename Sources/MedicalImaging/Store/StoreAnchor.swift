import Foundation
import RingArithmetic

/// The newest generation of each store that a key opens, kept beside the key: an older copy of a whole store is found
/// out as long as whoever put it there cannot write beside the key as well.
struct StoreAnchor: Codable {
    /// Generation and SHA-256 of a sealed manifest, under the store's own key.
    private struct Mark: Codable {
        let generation: UInt64
        let manifest: String
        let code: String
    }

    private var stores: [String: Mark] = [:]

    /// The anchor in a file; without the file one that knows no store.
    init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        let bytes = try readFile(path, missing: .missingPath, what: "Anchor")
        guard let anchor = try? JSONDecoder().decode(StoreAnchor.self, from: Data(bytes)) else {
            throw ImagingError(.storeTampered, "\(path) is no anchor, or was altered; restore it from a backup.")
        }
        self = anchor
    }

    func knows(_ keys: StoreKeys) -> Bool { stores[hexadecimal(keys.store)] != nil }

    /// - Throws: `ImagingError` with code `storeRolledBack` for an older manifest, `storeTampered` for a false anchor.
    func check(generation: UInt64, manifest: [UInt8], keys: StoreKeys, place: String) throws {
        guard let mark = stores[hexadecimal(keys.store)] else { return }
        guard constantTimeEquals(Array(mark.code.utf8), Array(Self.code(mark.generation, mark.manifest, keys).utf8))
        else {
            throw ImagingError(.storeTampered, "The anchor beside the key of \(place) was altered; restore it.")
        }
        guard generation > mark.generation || (generation, hexadecimal(manifest)) == (mark.generation, mark.manifest)
        else {
            throw ImagingError(
                .storeRolledBack,
                "\(place) is an older copy: its manifest is of generation \(generation), and generation "
                    + "\(mark.generation) was sealed under this key. Restore the newest copy.")
        }
    }

    mutating func advance(to generation: UInt64, manifest: [UInt8], keys: StoreKeys) {
        let digest = hexadecimal(manifest)
        stores[hexadecimal(keys.store)] = Mark(
            generation: generation, manifest: digest, code: Self.code(generation, digest, keys))
    }

    func write(to path: String) throws {
        try writeAtomically(try canonicalJSON(self), to: path, mode: 0o600, isDurable: true)
    }

    private static func code(_ generation: UInt64, _ manifest: String, _ keys: StoreKeys) -> String {
        hexadecimal(keys.anchor.authenticationCode(Array("\(generation)".utf8), Array(manifest.utf8)))
    }
}
