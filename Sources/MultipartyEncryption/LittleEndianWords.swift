/// Arrays of integers as 8-byte little-endian words.
enum LittleEndianWords {
    static func bytes(_ words: [UInt64]) -> [UInt8] {
        words.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
        }
    }

    /// The length of `bytes` is a multiple of 8.
    static func words(_ bytes: ArraySlice<UInt8>) -> [UInt64] {
        precondition(bytes.count % 8 == 0, "words have 8 bytes")
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: 8).map { start in
            bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
