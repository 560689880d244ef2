/// The header that stands before every object of SEAL and every array in one.
///
/// `u16 0xA15E, u8 16, u8 major, u8 minor, u8 compression, u16 0, u64 size with this header`, then the body. Source:
/// SEAL 4.x, native/src/seal/serialization.h.
enum SEALEnvelope {
    static let headerBytes = 16
    private static let magic: [UInt8] = [0x5E, 0xA1]

    static func wrap(_ body: [UInt8], compression: SEALCompression, version: SEALVersion) throws -> [UInt8] {
        let coded = try compression.compress(body)
        var writer = ByteWriter()
        writer.append(magic + [UInt8(headerBytes), SEALVersion.major, version.rawValue, compression.rawValue, 0, 0])
        writer.append(UInt64(headerBytes + coded.count))
        writer.append(coded)
        return writer.bytes
    }

    /// The body of a file that is one object, at most `limit` bytes when expanded.
    static func unwrap(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
        var reader = ByteReader(bytes)
        let body = try unwrap(from: &reader, limit: limit)
        try reader.end()
        return body
    }

    /// The body of the next object.
    static func unwrap(from reader: inout ByteReader, limit: Int) throws -> [UInt8] {
        let header = Array(try reader.bytes(8))
        guard Array(header.prefix(2)) == magic, header[2] == UInt8(headerBytes), header[6] == 0, header[7] == 0 else {
            throw InterchangeError(.notSEAL, "the bytes do not begin with the header of a file of SEAL")
        }
        guard header[3] == SEALVersion.major, SEALVersion(rawValue: header[4]) != nil else {
            throw InterchangeError(
                .unsupportedVersion,
                "a file of SEAL \(header[3]).\(header[4]) was given; save it again with SEAL 4.3 or 4.4"
            )
        }
        guard let compression = SEALCompression(rawValue: header[5]) else {
            throw InterchangeError(.compression, "compression \(header[5]) is not one of SEAL: none, zlib, Zstandard")
        }
        let size = try reader.word(in: headerBytes...Int.max, what: "the size")
        return try compression.expand(Array(reader.bytes(size - headerBytes)), limit: limit)
    }
}
