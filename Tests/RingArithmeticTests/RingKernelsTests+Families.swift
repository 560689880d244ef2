import CRingKernels
import RingArithmetic
import Testing

/// What `CORDON_KERNELS` chooses also holds for the loops that the compiler vectorises: every family, the same bytes.
extension RingKernelsTests {
    /// Odd, so that each family has a rest after its last full vector.
    private static let count = 1003
    private static let modulus: UInt64 = 140_737_488_273_409

    private struct Outcome: Equatable {
        var rounded: [Int64]
        var norm: UInt64
        var magnitude: UInt64
        var binomial: [Int8]
        var sum: [UInt64]
        var difference: [UInt64]
        var limbs: [Int16]
    }

    private func outcome() -> Outcome {
        let count = Self.count
        var stream = KeyedStream(key: [3], label: "kernel families")
        let bytes = (0..<16 * count).map { _ in UInt8(truncatingIfNeeded: stream.next()) }
        let values = (0..<count).map { _ in Float(Int64(bitPattern: stream.next()) >> 40) / 4096 }
        var left = (0..<count).map { _ in stream.next() % Self.modulus }
        left[0] = 0
        left[1] = Self.modulus - 1
        let right = left.reversed() as [UInt64]
        var rounded = [Int64](repeating: 0, count: count)
        cordon_round_stochastically(&rounded, values, 1234.5, bytes, count)
        var binomial = [Int8](repeating: 0, count: count)
        cordon_sample_binomial(&binomial, bytes, count)
        var sum = left
        cordon_add(&sum, right, count, Self.modulus)
        var difference = left
        cordon_subtract(&difference, right, count, Self.modulus)
        var limbs = [Int16](repeating: 0, count: 3 * count)
        cordon_split_residues(&limbs, left, count, Self.modulus)
        return Outcome(
            rounded: rounded, norm: cordon_squared_norm(values, count).bitPattern,
            magnitude: cordon_magnitude_bits(rounded, count), binomial: binomial, sum: sum, difference: difference,
            limbs: limbs)
    }

    @Test func everyFamilyGivesTheSameBytes() {
        let active = cordon_kernels_active()
        defer { cordon_kernels_select(cordon_kernels_name(active)) }
        #expect(cordon_kernels_select("portable") == CORDON_KERNELS_SELECTED)
        let portable = outcome()
        #expect(portable.sum != portable.difference && portable.rounded.contains { $0 < 0 })
        for family in Self.families.map(cordon_kernels.init(rawValue:)) {
            #expect(cordon_kernels_select(cordon_kernels_name(family)) == CORDON_KERNELS_SELECTED)
            let same = outcome() == portable
            #expect(same)
        }
    }
}
