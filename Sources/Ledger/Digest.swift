import Crypto

/// A SHA-256 digest. Equality takes the same time whatever the bytes.
package struct Digest: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    package static let byteCount = 32

    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest with these 32 bytes.
    /// - Throws: `LedgerError` `.malformed` for another length.
    package init(bytes: [UInt8]) throws(LedgerError) {
        guard bytes.count == Digest.byteCount else {
            throw LedgerError(.malformed, "a digest has \(Digest.byteCount) bytes, not \(bytes.count)")
        }
        self.init(exactly: bytes)
    }

    private init(exactly bytes: [UInt8]) {
        precondition(bytes.count == Digest.byteCount)
        func word(_ index: Int) -> UInt64 {
            bytes[8 * index..<8 * index + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// SHA-256 of one byte and then the data, without copying the data.
    static func sha256(prefix: UInt8, _ data: [UInt8]) -> Digest {
        var hasher = SHA256()
        hasher.update(data: [prefix])
        hasher.update(data: data)
        return Digest(exactly: Array(hasher.finalize()))
    }

    /// The plain SHA-256 of `data`, for formats that fix it (RFC 9162, file checksums).
    package static func sha256(_ data: [UInt8]) -> Digest {
        Digest(exactly: Array(SHA256.hash(data: data)))
    }

    /// `SHA-256(u16 length of domain ‖ domain ‖ data)`: digests of different purposes never coincide.
    package static func of(_ data: [UInt8], domain: String) -> Digest {
        of(pieces: CollectionOfOne(data), domain: domain)
    }

    /// The same over data in pieces, so that what is large need not be whole in memory once more.
    package static func of(pieces: some Sequence<[UInt8]>, domain: String) -> Digest {
        let label = Array(domain.utf8)
        precondition(label.count <= Int(UInt16.max))
        var hasher = SHA256()
        hasher.update(data: [UInt8(label.count >> 8), UInt8(label.count & 0xff)])
        hasher.update(data: label)
        for piece in pieces { hasher.update(data: piece) }
        return Digest(exactly: Array(hasher.finalize()))
    }

    package var bytes: [UInt8] {
        [words.0, words.1, words.2, words.3].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
        }
    }

    package var hex: String { hexadecimal(bytes) }
    package var description: String { hex }

    package static func == (a: Digest, b: Digest) -> Bool {
        let (x, y) = (a.words, b.words)
        return (x.0 ^ y.0) | (x.1 ^ y.1) | (x.2 ^ y.2) | (x.3 ^ y.3) == 0
    }

    package static func < (a: Digest, b: Digest) -> Bool { a.words < b.words }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let bytes = decodeHexadecimal(text), bytes.count == Digest.byteCount else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a digest is 64 hexadecimal digits")
        }
        self.init(exactly: bytes)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
