/// Exact square roots, so that every machine derives the same parameters.
enum IntegerRoot {
    /// `⌊√value⌋` for values below 2^126.
    static func floorSquareRoot(_ value: UInt128) -> UInt64 {
        var root: UInt64 = 0
        for bit in (0..<63).reversed() {
            let candidate = root | 1 << UInt64(bit)
            if UInt128(candidate) * UInt128(candidate) <= value {
                root = candidate
            }
        }
        return root
    }

    /// `⌈√value⌉` for values below 2^126.
    static func ceilingSquareRoot(_ value: UInt128) -> UInt64 {
        let root = floorSquareRoot(value)
        return UInt128(root) * UInt128(root) == value ? root : root + 1
    }
}
