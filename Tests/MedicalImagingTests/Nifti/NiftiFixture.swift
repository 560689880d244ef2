import CImage
import Foundation

/// Writes small NIfTI-1 files, little endian, to try the reader with.
struct NiftiFixture {
    var bytes: [UInt8]

    /// Values of 16 bits, fastest along the first axis; the sform is the identity: to right, front and head.
    init(extent: [Int], values: [Int16]) {
        bytes = [UInt8](repeating: 0, count: 352)
        put(348, at: 0, width: 4)
        for (index, count) in ([extent.count] + extent).enumerated() { put(count, at: 40 + 2 * index, width: 2) }
        put(4, at: 70, width: 2)
        put(16, at: 72, width: 2)
        put(Float(352), at: 108)
        put(1, at: 254, width: 2)
        for row in 0..<3 { put(Float(1), at: 280 + 20 * row) }
        bytes.replaceSubrange(344..<348, with: Array("n+1\0".utf8))
        bytes.replaceSubrange(148..<164, with: Array("SENTINEL^PATIENT".utf8))
        bytes += values.flatMap { value in [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
    }

    mutating func put(_ value: Int, at offset: Int, width: Int) {
        for index in 0..<width { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
    }

    mutating func put(_ value: Float, at offset: Int) { put(Int(value.bitPattern), at: offset, width: 4) }

    /// A head from the feet: in every slice a bright voxel at a place of its own; `tone` is another head.
    static func head(columns: Int, rows: Int, depth: Int, tone: Int = 0) -> NiftiFixture {
        let values = (0..<depth).flatMap { slice in
            var values = pattern(width: columns, height: rows, tone: 0).map(Int16.init)
            values[(31 * tone + 7 * slice) % values.count] = 500
            return values
        }
        return NiftiFixture(extent: [columns, rows, depth], values: values)
    }

    /// RFC 1952: header, deflated, checksum, length.
    static func gzip(_ content: [UInt8]) -> [UInt8] {
        var packed = [UInt8](repeating: 0, count: content.count + 1024)
        var count = 0
        precondition(cordon_deflate(content, content.count, &packed, packed.count, &count) == 0)
        let tail = [cordon_crc32(content, content.count), UInt32(truncatingIfNeeded: content.count)].flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
        }
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + packed.prefix(count) + tail
    }
}
