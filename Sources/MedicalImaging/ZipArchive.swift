import CImage

/// The members of a ZIP file (APPNOTE 6.3: stored and deflated, with ZIP64 sizes), read from memory.
struct ZipArchive {
    private struct Entry {
        let method: Int
        let checksum: UInt32
        let compressedCount: Int
        let count: Int
        let headerOffset: Int
    }

    private let bytes: [UInt8]
    private let file: String
    private var entries: [String: Entry] = [:]

    /// Most bytes that one member may unpack to.
    static let memberLimit = 4 << 30

    /// Reads the central directory. Throws `ImagingError` for anything that does not add up.
    init(_ bytes: [UInt8], file: String) throws {
        self.bytes = bytes
        self.file = file
        let lowest = max(0, bytes.count - 65_557)
        var end = bytes.count - 22
        while end >= lowest, try field(end, 4) != 0x0605_4B50 { end -= 1 }
        guard end >= lowest else { throw damaged("it has no end-of-directory record") }
        let total = try field(end + 10, 2)
        var position = try field(end + 16, 4)
        guard total != 0xFFFF, position != 0xFFFF_FFFF else { throw damaged("it has too many members") }
        for _ in 0..<total {
            guard try field(position, 4) == 0x0201_4B50 else { throw damaged("its directory is broken") }
            let nameCount = try field(position + 28, 2)
            let extraCount = try field(position + 30, 2)
            let name = String(decoding: try slice(position + 46, nameCount), as: UTF8.self)
            entries[name] = try entry(at: position, extra: position + 46 + nameCount, extraCount: extraCount)
            position += 46 + nameCount + extraCount + (try field(position + 32, 2))
        }
    }

    var names: [String] { entries.keys.sorted() }

    /// Unpacks one member and checks its CRC-32; nil if there is none of that name.
    func member(_ name: String) throws -> [UInt8]? {
        guard let entry = entries[name] else { return nil }
        guard try field(entry.headerOffset, 4) == 0x0403_4B50, entry.count <= Self.memberLimit else {
            throw damaged("member \(name) has a broken header")
        }
        let start =
            entry.headerOffset + 30 + (try field(entry.headerOffset + 26, 2))
            + (try field(entry.headerOffset + 28, 2))
        let packed = Array(try slice(start, entry.compressedCount))
        var content = packed
        if entry.method == 8 {
            // Deflate cannot expand more than about 1032 times: refuse sizes that are a lie before allocating them.
            guard entry.count / 1040 <= packed.count else { throw damaged("member \(name) claims too many bytes") }
            content = [UInt8](repeating: 0, count: entry.count)
            guard cordon_inflate(packed, packed.count, &content, content.count) == 0 else {
                throw damaged("member \(name): \(imageLibraryMessage())")
            }
        } else if entry.method != 0 || entry.count != packed.count {
            throw damaged("member \(name) uses compression method \(entry.method), known are 0 and 8")
        }
        guard cordon_crc32(content, content.count) == entry.checksum else {
            throw damaged("member \(name) has a wrong checksum")
        }
        return content
    }

    private func entry(at position: Int, extra: Int, extraCount: Int) throws -> Entry {
        var compressed = try field(position + 20, 4)
        var count = try field(position + 24, 4)
        var offset = try field(position + 42, 4)
        // ZIP64: values that do not fit in 32 bits stand, in this order, in extra field 1.
        var cursor = extra
        while cursor + 4 <= extra + extraCount {
            let kind = try field(cursor, 2)
            let length = try field(cursor + 2, 2)
            if kind == 1 {
                var value = cursor + 4
                func replace(_ target: inout Int) throws {
                    guard target == 0xFFFF_FFFF else { return }
                    target = try field(value, 8)
                    value += 8
                }
                try replace(&count)
                try replace(&compressed)
                try replace(&offset)
            }
            cursor += 4 + length
        }
        return Entry(
            method: try field(position + 10, 2), checksum: UInt32(try field(position + 16, 4)),
            compressedCount: compressed, count: count, headerOffset: offset)
    }

    private func slice(_ start: Int, _ count: Int) throws -> ArraySlice<UInt8> {
        guard start >= 0, count >= 0, start <= bytes.count, count <= bytes.count - start else {
            throw damaged("it ends too early")
        }
        return bytes[start..<start + count]
    }

    private func field(_ start: Int, _ count: Int) throws -> Int {
        let value = try slice(start, count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let result = Int(exactly: value) else { throw damaged("a size in it is impossible") }
        return result
    }

    private func damaged(_ why: String) -> ImagingError {
        ImagingError(.corruptArchive, "\(file) is no sound ZIP archive: \(why). Fetch it again.")
    }
}
