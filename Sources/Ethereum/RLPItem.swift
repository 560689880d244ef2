/// Recursive length prefix: the encoding of transactions (Ethereum yellow paper, appendix B).
package indirect enum RLPItem: Hashable, Sendable {
    case bytes([UInt8])
    case list([RLPItem])

    /// An unsigned integer: big-endian without leading zeros, zero as no bytes.
    package static func integer(_ value: UInt64) -> RLPItem {
        .bytes(Array((0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * $0)) }.drop { $0 == 0 }))
    }

    /// The same of big-endian bytes of any length.
    package static func integer(_ bigEndian: [UInt8]) -> RLPItem { .bytes(Array(bigEndian.drop { $0 == 0 })) }

    package var encoded: [UInt8] {
        switch self {
        case .bytes(let bytes):
            if bytes.count == 1, bytes[0] < 0x80 { return bytes }
            return RLPItem.prefix(bytes.count, short: 0x80) + bytes
        case .list(let items):
            let content = items.flatMap(\.encoded)
            return RLPItem.prefix(content.count, short: 0xc0) + content
        }
    }

    private static func prefix(_ count: Int, short: UInt8) -> [UInt8] {
        if count < 56 { return [short + UInt8(count)] }
        guard case .bytes(let length) = integer(UInt64(count)) else { return [] }
        return [short + 55 + UInt8(length.count)] + length
    }
}
