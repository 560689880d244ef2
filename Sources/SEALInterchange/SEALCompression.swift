internal import CSEALCoding

/// How the body of a file is compressed; the raw value is SEAL's.
package enum SEALCompression: UInt8, Sendable, Hashable, CaseIterable {
    case none = 0
    case zlib = 1
    case zstandard = 2

    func compress(_ bytes: [UInt8]) throws -> [UInt8] {
        switch self {
        case .none: bytes
        case .zlib: try Self.collect { cordon_zlib_compress(bytes, bytes.count, &$0) }
        case .zstandard: try Self.collect { cordon_zstd_compress(bytes, bytes.count, &$0) }
        }
    }

    /// - Throws: `InterchangeError` when the bytes are damaged or expand to more than `limit`.
    func expand(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
        switch self {
        case .none:
            guard bytes.count <= limit else { throw Self.tooLarge }
            return bytes
        case .zlib: return try Self.collect { cordon_zlib_expand(bytes, bytes.count, limit, &$0) }
        case .zstandard: return try Self.collect { cordon_zstd_expand(bytes, bytes.count, limit, &$0) }
        }
    }

    private static let tooLarge = InterchangeError(
        .tooLarge, "a file of SEAL holds more than an object of these parameters can: refuse its sender")

    private static func collect(_ body: (inout cordon_coded) -> Int32) throws -> [UInt8] {
        var output = cordon_coded()
        let status = body(&output)
        defer { cordon_coding_free(&output) }
        switch status {
        case Int32(CORDON_CODING_OK): return Array(UnsafeBufferPointer(start: output.bytes, count: output.count))
        case Int32(CORDON_CODING_TOO_LARGE): throw tooLarge
        case Int32(CORDON_CODING_NO_MEMORY):
            throw InterchangeError(.compression, "no memory to compress or expand a file of SEAL")
        default: throw InterchangeError(.compression, "the compressed body of a file of SEAL is damaged")
        }
    }
}
