/// Reads little-endian fields off the front of bytes that nobody vouches for.
struct ByteReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var count: Int { rest.count }

    mutating func bytes(_ count: Int) throws -> ArraySlice<UInt8> {
        guard count >= 0, count <= rest.count else {
            throw InterchangeError(
                .wrongLength, "a file of SEAL ends \(count - rest.count) bytes early: ask again for it")
        }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func byte() throws -> UInt8 {
        try bytes(1).reduce(0) { $0 | $1 }
    }

    mutating func word() throws -> UInt64 {
        try bytes(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// `count` words, in one step.
    mutating func words(_ count: Int) throws -> [UInt64] {
        let (size, overflow) = count.multipliedReportingOverflow(by: 8)
        let source = try bytes(overflow ? Int.max : size)
        return source.withUnsafeBytes { raw in
            (0..<count).map { UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)) }
        }
    }

    /// A word that must lie within the range.
    mutating func word(in range: ClosedRange<Int>, what: String) throws -> Int {
        let value = try word()
        guard let number = Int(exactly: value), range.contains(number) else {
            throw InterchangeError(.malformed, "\(what) is \(value) in a file of SEAL, not \(range)")
        }
        return number
    }

    /// - Throws: `InterchangeError` when something is left.
    func end() throws {
        guard rest.isEmpty else {
            throw InterchangeError(.wrongLength, "\(rest.count) bytes follow the end of an object of SEAL")
        }
    }
}
