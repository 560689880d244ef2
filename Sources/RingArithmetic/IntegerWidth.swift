internal import CRingKernels

/// Bytes of an integer in a transcript: hashing fewer is what makes it fast.
package enum IntegerWidth: Int, Sendable {
    case two = 2
    case three = 3
    case four = 4
    case eight = 8

    /// The least width that holds integers of this size.
    package init(magnitudes bound: UInt64) {
        self = bound < 1 << 15 ? .two : bound < 1 << 23 ? .three : bound < 1 << 31 ? .four : .eight
    }

    /// The least width that holds all these integers.
    package init(holding values: [Int64]) {
        self.init(magnitudes: cordon_magnitude_bits(values, values.count))
    }
}
