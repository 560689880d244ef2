/// Keccak-256 with the padding of the submission to SHA-3 (`0x01`), as Ethereum uses it; FIPS 202 pads with `0x06`.
///
/// Bertoni et al., "The Keccak reference" 3.0, §1.1 and §1.2. Nothing secret is hashed.
package enum Keccak256 {
    private static let rateBytes = 136

    private static let roundConstants: [UInt64] = [
        0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808a, 0x8000_0000_8000_8000,
        0x0000_0000_0000_808b, 0x0000_0000_8000_0001, 0x8000_0000_8000_8081, 0x8000_0000_0000_8009,
        0x0000_0000_0000_008a, 0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000a,
        0x0000_0000_8000_808b, 0x8000_0000_0000_008b, 0x8000_0000_0000_8089, 0x8000_0000_0000_8003,
        0x8000_0000_0000_8002, 0x8000_0000_0000_0080, 0x0000_0000_0000_800a, 0x8000_0000_8000_000a,
        0x8000_0000_8000_8081, 0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
    ]
    /// Rotation and destination of each lane along the one cycle of π that leaves lane 0 in place.
    private static let rotations = [
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
    ]
    private static let lanes = [
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
    ]

    /// The 32-byte digest of `message`.
    package static func hash(_ message: [UInt8]) -> [UInt8] {
        var padded = message
        padded.append(0x01)
        padded += Array(repeating: 0, count: (rateBytes - padded.count % rateBytes) % rateBytes)
        padded[padded.count - 1] |= 0x80
        var state = [UInt64](repeating: 0, count: 25)
        for start in stride(from: 0, to: padded.count, by: rateBytes) {
            for lane in 0..<rateBytes / 8 {
                let bytes = padded[start + 8 * lane..<start + 8 * lane + 8]
                state[lane] ^= bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
            }
            permute(&state)
        }
        return state[..<4].flatMap { lane in (0..<8).map { UInt8(truncatingIfNeeded: lane >> UInt64(8 * $0)) } }
    }

    private static func permute(_ state: inout [UInt64]) {
        func rotate(_ value: UInt64, _ count: Int) -> UInt64 { value << UInt64(count) | value >> UInt64(64 - count) }
        var column = [UInt64](repeating: 0, count: 5)
        for constant in roundConstants {
            for x in 0..<5 {
                column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20]
            }
            for x in 0..<5 {
                let parity = column[(x + 4) % 5] ^ rotate(column[(x + 1) % 5], 1)
                for lane in stride(from: x, to: 25, by: 5) { state[lane] ^= parity }
            }
            var carried = state[1]
            for (lane, rotation) in zip(lanes, rotations) {
                (carried, state[lane]) = (state[lane], rotate(carried, rotation))
            }
            for row in stride(from: 0, to: 25, by: 5) {
                for x in 0..<5 { column[x] = state[row + x] }
                for x in 0..<5 { state[row + x] ^= ~column[(x + 1) % 5] & column[(x + 2) % 5] }
            }
            state[0] ^= constant
        }
    }
}
