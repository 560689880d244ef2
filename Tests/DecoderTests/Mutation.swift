import RingArithmetic

/// Changes sound bytes: flips, cuts, insertions, repeated parts, extreme integers and splices with another input.
struct Mutation {
    private var generator: KeyedStream

    init(seed: UInt64, decoder: String) {
        generator = KeyedStream(key: Array(decoder.utf8), label: "fuzz", indices: [seed])
    }

    private mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(max(1, bound))) }

    mutating func mutated(of inputs: [[UInt8]]) -> [UInt8] {
        var bytes = inputs[below(inputs.count)]
        for _ in 0...below(4) {
            change(&bytes, with: inputs)
        }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8], with inputs: [[UInt8]]) {
        guard !bytes.isEmpty else {
            bytes = inputs[below(inputs.count)]
            return
        }
        // Half of the places lie in the first 64 bytes, where headers are.
        let place = below(2) == 0 ? below(min(64, bytes.count)) : below(bytes.count)
        switch below(8) {
        case 0: bytes[place] ^= 1 << UInt8(below(8))
        case 1: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
        case 2: bytes.removeLast(below(bytes.count) + 1)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(8)))
        case 4:
            bytes.insert(contentsOf: (0...below(8)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }, at: place)
        case 5:
            // An integer of 1, 2, 4 or 8 bytes at a limit of its type.
            let width = 1 << below(4)
            let extreme: [UInt8] = [0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF]
            let first = extreme[below(extreme.count)]
            let rest: UInt8 = below(2) == 0 ? 0x00 : 0xFF
            for offset in 0..<width where place + offset < bytes.count {
                bytes[place + offset] = offset == 0 ? first : rest
            }
        case 6:
            let end = min(bytes.count, place + 1 + below(64))
            bytes.insert(contentsOf: Array(bytes[place..<end]), at: below(bytes.count))
        default:
            let other = inputs[below(inputs.count)]
            bytes = Array(bytes[..<place]) + other.dropFirst(min(other.count, place))
        }
    }
}
