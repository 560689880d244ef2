/// Integer statistics: the same on every machine, whatever its mathematics library.
enum FixedPoint {
    /// 1.0 in the fixed point of directions, cosines and distances.
    static let one: Int64 = 1 << 30

    /// `⌊√x⌋` by Newton's iteration from above, which is monotone and therefore exact.
    static func squareRoot(_ x: UInt128) -> UInt128 {
        guard x > 1 else { return x }
        var root = UInt128(1) << UInt128((128 - x.leadingZeroBitCount + 1) / 2)
        while true {
            let next = (root + x / root) >> 1
            if next >= root { return root }
            root = next
        }
    }

    /// `⌈√x⌉`.
    static func squareRootRoundedUp(_ x: UInt128) -> UInt128 {
        let root = squareRoot(x)
        return root * root == x ? root : root + 1
    }

    /// `√x` of a non-negative fixed-point number, rounded down.
    static func root(_ x: Int64) -> Int64 {
        Int64(squareRoot(UInt128(max(0, x)) * UInt128(one)))
    }

    /// The natural logarithm of a positive fixed-point number, to about 10^-9: binary digits by repeated squaring.
    static func logarithm(_ x: Int64) -> Int64 {
        precondition(x > 0, "the logarithm of a number that is not positive")
        let leading = 63 - x.leadingZeroBitCount
        // The number as a mantissa of 62 bits in [1, 2).
        var mantissa = UInt128(x) << UInt128(62 - leading)
        var binary = Int64(leading - 30) * one
        var digit = one >> 1
        while digit > 0 {
            mantissa = (mantissa * mantissa) >> 62
            if mantissa >> 63 == 1 {
                mantissa >>= 1
                binary += digit
            }
            digit >>= 1
        }
        return saturated((Int128(binary) * naturalOfTwo) >> 62)
    }

    /// ln 2 · 2^62.
    private static let naturalOfTwo: Int128 = 3_196_577_161_300_663_914

    /// The median; of an even number of values the mean of the middle two, rounded down. Zero of none.
    static func median(_ values: [Int64]) -> Int64 {
        guard !values.isEmpty else { return 0 }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        if sorted.count % 2 == 1 { return sorted[middle] }
        return sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2
    }

    /// `(x − median)/max(1.4826·MAD, floor)` in thousandths.
    ///
    /// The factor makes the median absolute deviation an estimate of a normal standard deviation; the floor keeps
    /// near-equal values from becoming outliers of one another.
    static func robustDeviations(_ values: [Int64], floor: Int64) -> [Int64] {
        let center = median(values)
        let absoluteDeviation = median(values.map { abs($0 - center) })
        let scale = max(Int128(absoluteDeviation) * 14826 / 10000, Int128(floor), 1)
        return values.map { saturated(Int128($0 - center) * 1000 / scale) }
    }

    /// The nearest `Int64`.
    static func saturated(_ x: Int128) -> Int64 { Int64(clamping: x) }
}
