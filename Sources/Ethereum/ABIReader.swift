/// Reads what a contract returned or logged: words, and byte strings by their offset. Nil for bytes that are not there.
package struct ABIReader: Hashable, Sendable {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package var wordCount: Int { bytes.count / 32 }

    package func word(_ index: Int) -> [UInt8]? {
        guard index >= 0, index < wordCount else { return nil }
        return Array(bytes[32 * index..<32 * index + 32])
    }

    /// The word as a number; nil if it does not fit 64 bits.
    package func integer(_ index: Int) -> UInt64? {
        guard let word = word(index), word[..<24].allSatisfy({ $0 == 0 }) else { return nil }
        return word[24...].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The byte string to which the word at `index` points.
    package func byteString(_ index: Int) -> [UInt8]? {
        guard let offset = integer(index).flatMap(Int.init(exactly:)), offset.isMultiple(of: 32),
            let count = integer(offset / 32).flatMap(Int.init(exactly:)), count <= bytes.count - offset - 32
        else { return nil }
        return Array(bytes[offset + 32..<offset + 32 + count])
    }
}
