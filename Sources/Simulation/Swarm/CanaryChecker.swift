import Federation

/// Invariant 6: no update, as floats or as integers, trained model or secret key ever occurs in what travels.
///
/// A canary is a run of four neighbouring numbers, or a key: with 48 bits of chance at least, it occurs in the few
/// megabytes of a run by accident with probability below 1e-6.
struct CanaryChecker: SwarmChecker {
    static let invariant = "only protected types travel"

    /// Canaries by their first four bytes, and which first two bytes occur at all.
    private var canaries: [UInt32: [[UInt8]]] = [:]
    private var begins = [Bool](repeating: false, count: 1 << 16)

    init(secrets: [[UInt8]]) {
        for secret in secrets { add(secret) }
    }

    mutating func observe(_ observation: SwarmObservation) -> String? {
        switch observation {
        case .trained(_, let base, let difference, let prepared):
            let trained = zip(base, difference).map(+)
            for start in stride(from: 0, to: difference.count - 3, by: 97) {
                let places = start..<start + 4
                for floats in [difference[places], trained[places]] {
                    add(floats.flatMap { Self.bytes($0.bitPattern.littleEndian) })
                    add(floats.flatMap { Self.bytes($0.bitPattern.bigEndian) })
                }
                let integers = prepared.secrets.values[places]
                add(integers.flatMap { Self.bytes($0.littleEndian) })
                add(integers.flatMap { Self.bytes($0.bigEndian) })
                add(integers.flatMap { Self.bytes(Int32(truncatingIfNeeded: $0).littleEndian) })
            }
            return nil
        case .travelled(let bytes):
            return finds(in: bytes) ? "a canary was found in \(bytes.count) bytes on the wire" : nil
        default: return nil
        }
    }

    private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value) { Array($0) }
    }

    private mutating func add(_ canary: [UInt8]) {
        begins[Int(canary[0]) | Int(canary[1]) << 8] = true
        canaries[Self.key(canary, at: 0), default: []].append(canary)
    }

    private static func key(_ bytes: [UInt8], at start: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
    }

    private func finds(in bytes: [UInt8]) -> Bool {
        guard bytes.count >= 16 else { return false }
        return bytes.withUnsafeBufferPointer { wire in
            begins.withUnsafeBufferPointer { begins in
                for start in 0..<wire.count - 4 where begins[Int(wire[start]) | Int(wire[start + 1]) << 8] {
                    let here = bytes[start...]
                    if canaries[Self.key(bytes, at: start)]?.contains(where: { here.starts(with: $0) }) == true {
                        return true
                    }
                }
                return false
            }
        }
    }
}
