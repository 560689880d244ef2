import Foundation
import RingArithmetic

/// What a store holds: samples, what was left out and why, and the pipeline that prepared them. Sealed as a whole.
package struct StoreManifest: Codable, Hashable, Sendable {
    /// One sample; its file is named by its address.
    package struct Entry: Codable, Hashable, Sendable {
        /// HMAC of the pixels in hexadecimal.
        package let address: String
        /// HMAC of the file that it came from, its name, label and patient. Hexadecimal.
        let source: String
        package let label: Int
        /// Pseudonym of the patient.
        package let patient: String
        package let split: Split
        package let statistics: SampleStatistics
    }

    /// One source that gave no sample.
    package struct Exclusion: Codable, Hashable, Sendable {
        let source: String
        package let reason: ImagingError.Code
    }

    static let fileName = "manifest.sealed"
    private static let magic = Array("CORDMAN1".utf8)

    /// Rises by one with every writing.
    package internal(set) var generation: UInt64
    package let preprocessing: Preprocessing
    package internal(set) var classNames: [String]
    package internal(set) var samples: [Entry]
    package internal(set) var exclusions: [Exclusion]
    /// The pseudonym map that belongs to this store, and how many records it must hold at least.
    var map: PseudonymMap.Mark?
    package internal(set) var notes: [String]

    init(preprocessing: Preprocessing) {
        generation = 0
        self.preprocessing = preprocessing
        classNames = []
        samples = []
        exclusions = []
        notes = []
    }

    /// Layout: `CORDMAN1`, length of the rest (8 bytes), nonce, ciphertext, tag.
    func sealed(under keys: StoreKeys, using rng: inout some CryptographicGenerator) throws -> [UInt8] {
        let body = try keys.manifest.seal(try canonicalJSON(self), context: Self.context(keys), using: &rng)
        return Self.magic + withUnsafeBytes(of: UInt64(body.count).littleEndian) { Array($0) } + body
    }

    init(opening file: [UInt8], under keys: StoreKeys, place: String) throws {
        let expected = file.dropFirst(8).prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard file.count >= 16, UInt64(file.count - 16) >= expected else {
            throw ImagingError(
                .storeTruncated, "\(place) was cut short: \(file.count) bytes are left. Restore it from a backup.")
        }
        guard file.starts(with: Self.magic), UInt64(file.count - 16) == expected,
            let text = keys.manifest.open(file[16...], context: Self.context(keys)),
            let manifest = try? JSONDecoder().decode(StoreManifest.self, from: Data(text))
        else {
            throw ImagingError(
                .storeTampered, "\(place) was altered since it was sealed, or is another store's; restore it.")
        }
        self = manifest
    }

    private static func context(_ keys: StoreKeys) -> [UInt8] { magic + keys.store }
}
