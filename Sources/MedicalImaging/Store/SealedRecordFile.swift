import Foundation
import RingArithmetic

/// Records appended to a file, each sealed with its place: none can be altered, moved, or left out between others.
///
/// Layout: magic (8 bytes), name of the file (16), key check (8), then records of length (4), nonce, ciphertext, tag.
/// A last record that was not written to its end is no error: the writer was killed.
struct SealedRecordFile {
    private let path: String
    private let key: SealingKey
    private let handle: FileHandle
    let name: [UInt8]
    private(set) var count: Int

    private static let magic = Array("CORDREC1".utf8)
    private static let headerBytes = 8 + 16 + 8
    private static let recordBytesMax = 1 << 20

    /// Makes the file, or opens it to append, and drops a record that was not written to its end.
    ///
    /// - Parameter accepting: Called with what is there before anything is changed; throws to leave it alone.
    init(
        path: String, key: SealingKey, using rng: inout some CryptographicGenerator,
        accepting: (Content) throws -> Void
    ) throws {
        self.path = path
        self.key = key
        if !FileManager.default.fileExists(atPath: path) {
            var name = [UInt8](repeating: 0, count: 16)
            rng.fill(&name)
            try writeAtomically(
                Self.magic + name + Self.check(key, name), to: path, mode: 0o600, isDurable: true)
        }
        let content = try Content(path: path, key: key)
        try accepting(content)
        guard let handle = FileHandle(forUpdatingAtPath: path) else { throw unwritable(path) }
        try handle.truncate(atOffset: UInt64(content.soundBytes))
        try handle.seekToEnd()
        self.handle = handle
        name = content.name
        count = content.records.count
    }

    mutating func append(_ record: [UInt8], using rng: inout some CryptographicGenerator) throws {
        let sealed = try key.seal(record, context: Self.context(name, count), using: &rng)
        precondition(sealed.count <= Self.recordBytesMax)
        let length = withUnsafeBytes(of: UInt32(sealed.count).littleEndian) { Array($0) }
        try writeAll(length + sealed, to: handle.fileDescriptor, path: path)
        count += 1
    }

    func synchronise() throws {
        guard fsync(handle.fileDescriptor) == 0 else { throw unwritable(path) }
    }

    /// What a file of records holds.
    struct Content {
        let name: [UInt8]
        let records: [[UInt8]]
        /// Length of the file up to the end of its last whole record.
        let soundBytes: Int

        /// - Throws: `ImagingError` with code `wrongKey`, `storeTampered` or `storeTruncated`.
        init(path: String, key: SealingKey) throws {
            let file = try readFile(path, missing: .missingPath, what: "Sealed records")
            guard file.count >= headerBytes else {
                throw ImagingError(.storeTruncated, "\(path) was cut short: \(file.count) bytes are left. Restore it.")
            }
            name = Array(file[8..<24])
            guard file.starts(with: magic) else {
                throw ImagingError(.storeTampered, "\(path) is no file of sealed records, or was altered.")
            }
            guard constantTimeEquals(Array(file[24..<32]), check(key, name)) else {
                throw ImagingError(.wrongKey, "The key does not open \(path): it is another's, or this was altered.")
            }
            var records: [[UInt8]] = []
            var position = headerBytes
            while file.count - position >= 4 {
                let length = file[position..<position + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
                guard length <= recordBytesMax, length <= file.count - position - 4 else { break }
                let sealed = file[position + 4..<position + 4 + length]
                guard let record = key.open(sealed, context: context(name, records.count)) else {
                    throw ImagingError(
                        .storeTampered, "\(path) was altered at record \(records.count + 1); restore it from a backup.")
                }
                records.append(record)
                position += 4 + length
            }
            self.records = records
            soundBytes = position
        }
    }

    private static func context(_ name: [UInt8], _ index: Int) -> [UInt8] {
        magic + name + withUnsafeBytes(of: UInt64(index).littleEndian) { Array($0) }
    }

    private static func check(_ key: SealingKey, _ name: [UInt8]) -> [UInt8] {
        Array(key.derived(for: "key check").authenticationCode(name).prefix(8))
    }
}
