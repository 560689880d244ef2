/// Values of the contract ABI, as far as calls here need them (Solidity documentation, "Contract ABI Specification").
package enum ABIValue: Hashable, Sendable {
    /// Any unsigned integer type that fits 64 bits.
    case integer(UInt64)
    /// `bytes32`.
    case word([UInt8])
    case address(EthereumAddress)
    case bytes([UInt8])
    /// `address[]`.
    case addresses([EthereumAddress])
    /// `uint256[n]` with a fixed n: its words stand in the head.
    case fixedIntegers([UInt64])

    /// A function's selector: the first four bytes of its signature's Keccak-256, e.g. of `member(uint256)`.
    package static func selector(_ signature: String) -> [UInt8] {
        Array(Keccak256.hash(Array(signature.utf8))[..<4])
    }

    /// The topic by which an event's logs are found.
    package static func topic(_ signature: String) -> [UInt8] { Keccak256.hash(Array(signature.utf8)) }

    /// The arguments of a call or a constructor.
    package static func encode(_ values: [ABIValue]) -> [UInt8] {
        let headBytes = values.reduce(0) { $0 + $1.headBytes }
        var (head, tail): ([UInt8], [UInt8]) = ([], [])
        for value in values {
            switch value {
            case .integer(let integer): head += word(integer)
            case .word(let bytes): head += padded(left: bytes)
            case .address(let address): head += padded(left: address.bytes)
            case .fixedIntegers(let integers): head += integers.flatMap(word)
            case .bytes(let bytes):
                head += word(UInt64(headBytes + tail.count))
                tail += word(UInt64(bytes.count)) + bytes
                tail += Array(repeating: 0, count: (32 - bytes.count % 32) % 32)
            case .addresses(let addresses):
                head += word(UInt64(headBytes + tail.count))
                tail += word(UInt64(addresses.count)) + addresses.flatMap { padded(left: $0.bytes) }
            }
        }
        return head + tail
    }

    private var headBytes: Int {
        if case .fixedIntegers(let integers) = self { 32 * integers.count } else { 32 }
    }

    /// A 32-byte word with this value.
    package static func word(_ value: UInt64) -> [UInt8] {
        Array(repeating: 0, count: 24) + (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * $0)) }
    }

    private static func padded(left bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count <= 32, "a word has 32 bytes")
        return Array(repeating: 0, count: 32 - bytes.count) + bytes
    }
}
