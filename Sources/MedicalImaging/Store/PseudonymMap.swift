import Foundation
import RingArithmetic

/// Who is behind a pseudonym, and which file behind a sample: sealed under a key of its own, outside every store.
package struct PseudonymMap {
    /// Which map a store needs, and how long it was.
    struct Mark: Codable, Hashable, Sendable {
        let name: String
        let records: Int
    }

    private enum Record: Codable {
        case patient(pseudonym: String, patient: String)
        case source(source: String, name: String)
    }

    private var file: SealedRecordFile
    private let key: SealingKey
    private var known: Set<String> = []

    /// Opens the map, or makes it where there is none.
    ///
    /// - Parameter mark: What a store remembers of it.
    /// - Throws: `ImagingError` with code `storeIncomplete` for a map that is missing, another, or shorter than it was.
    init(
        path: String, keyFile: StoreKeyFile, expecting mark: Mark?, using rng: inout some CryptographicGenerator
    ) throws {
        let secret = try keyFile.key()
        key = secret.derived(for: "pseudonyms")
        guard mark == nil || FileManager.default.fileExists(atPath: path) else {
            throw ImagingError(
                .storeIncomplete, "There is no pseudonym map at \(path), and the store has one; restore or name it.")
        }
        var found: Set<String> = []
        file = try SealedRecordFile(path: path, key: secret.derived(for: "pseudonym map"), using: &rng) { content in
            try Self.check(content, against: mark, path: path)
            for record in content.records {
                switch try Self.decode(record, path: path) {
                case .patient(let pseudonym, _): found.insert(pseudonym)
                case .source(let source, _): found.insert(source)
                }
            }
        }
        known = found
    }

    var mark: Mark { Mark(name: hexadecimal(file.name), records: file.count) }

    /// 128 bits of an HMAC of the patient's identifier under the map's key, in hexadecimal.
    func pseudonym(of patient: String) -> String {
        hexadecimal(key.authenticationCode(Array(patient.utf8)).prefix(16))
    }

    mutating func remember(
        patient: String, source: String, name: String, using rng: inout some CryptographicGenerator
    ) throws {
        let pseudonym = pseudonym(of: patient)
        if known.insert(pseudonym).inserted {
            try append(.patient(pseudonym: pseudonym, patient: patient), using: &rng)
        }
        try remember(source: source, name: name, using: &rng)
    }

    /// For a source whose patient nobody knows.
    mutating func remember(source: String, name: String, using rng: inout some CryptographicGenerator) throws {
        guard known.insert(source).inserted else { return }
        try append(.source(source: source, name: name), using: &rng)
    }

    func synchronise() throws { try file.synchronise() }

    private mutating func append(_ record: Record, using rng: inout some CryptographicGenerator) throws {
        try file.append(try canonicalJSON(record), using: &rng)
    }

    /// Patients by pseudonym and file names by source.
    static func read(path: String, keyFile: StoreKeyFile, expecting mark: Mark?) throws
        -> (patients: [String: String], names: [String: String])
    {
        let content = try SealedRecordFile.Content(path: path, key: try keyFile.key().derived(for: "pseudonym map"))
        try check(content, against: mark, path: path)
        var patients: [String: String] = [:]
        var names: [String: String] = [:]
        for record in content.records {
            switch try decode(record, path: path) {
            case .patient(let pseudonym, let patient): patients[pseudonym] = patient
            case .source(let source, let name): names[source] = name
            }
        }
        return (patients, names)
    }

    private static func check(_ content: SealedRecordFile.Content, against mark: Mark?, path: String) throws {
        guard let mark else { return }
        guard hexadecimal(content.name) == mark.name else {
            throw ImagingError(.storeIncomplete, "\(path) is the pseudonym map of other stores; name the right one.")
        }
        guard content.records.count >= mark.records else {
            throw ImagingError(
                .storeTruncated,
                "\(path) holds \(content.records.count) records, and had \(mark.records): it was cut short or is an "
                    + "older copy. Restore it.")
        }
    }

    private static func decode(_ record: [UInt8], path: String) throws -> Record {
        do {
            return try JSONDecoder().decode(Record.self, from: Data(record))
        } catch {
            throw ImagingError(.storeTampered, "\(path) holds a record that this version does not know.")
        }
    }
}
