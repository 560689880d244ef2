import CRingKernels
import RingArithmetic
import Testing

/// One after the other: the choice of a family holds for the whole process.
@Suite(.serialized) struct RingKernelsTests {
    static let families = [CORDON_KERNELS_PORTABLE, CORDON_KERNELS_NEON, CORDON_KERNELS_AVX2, CORDON_KERNELS_IFMA]
        .filter { cordon_kernels_supported($0) }.map(\.rawValue)

    /// Every family's transforms against the plain ones, on random rows and on rows of q−1.
    @Test(arguments: families, KernelTests.rings.indices)
    func transformsOfEachFamilyEqualThePlainOnes(family: UInt32, ring: Int) throws {
        let (degree, modulus) = KernelTests.rings[ring]
        let table = try #require(cordon_ntt_create(degree, modulus))
        defer { cordon_ntt_free(table) }
        for seed in 0..<8 as Range<UInt64> {
            let input = KernelTests.row(degree, modulus, seed: seed, edges: seed == 0)
            var fast = input
            var plain = input
            cordon_ntt_forward_by(cordon_kernels(rawValue: family), &fast, table)
            cordon_ntt_forward_portable(&plain, table)
            #expect(fast == plain)
            fast = input
            plain = input
            cordon_ntt_inverse_by(cordon_kernels(rawValue: family), &fast, table)
            cordon_ntt_inverse_portable(&plain, table)
            #expect(fast == plain)
        }
    }

    /// Every family's products against the plain ones, which `KernelTests` holds against wide division.
    @Test(arguments: families, KernelTests.rings.indices)
    func productsOfEachFamilyEqualThePlainOnes(family: UInt32, ring: Int) {
        let (degree, modulus) = KernelTests.rings[ring]
        let active = cordon_kernels_active()
        defer { cordon_kernels_select(cordon_kernels_name(active)) }
        #expect(
            cordon_kernels_select(cordon_kernels_name(cordon_kernels(rawValue: family))) == CORDON_KERNELS_SELECTED)
        for seed in 0..<8 as Range<UInt64> {
            let left = KernelTests.row(degree, modulus, seed: seed, edges: seed == 0)
            let right = KernelTests.row(degree, modulus, seed: seed + 8, edges: seed < 2)
            var fast = [UInt64](repeating: 1, count: degree)
            var plain = fast
            cordon_multiply(&fast, left, right, degree, modulus)
            cordon_multiply_portable(&plain, left, right, degree, modulus)
            #expect(fast == plain)
            cordon_multiply_accumulate(&fast, right, right, degree, modulus)
            cordon_multiply_accumulate_portable(&plain, right, right, degree, modulus)
            #expect(fast == plain)
            let dot = cordon_dot_portable(left, right, degree, modulus)
            #expect(cordon_dot(left, right, degree, modulus) == dot)
        }
    }

    @Test func unknownKernelsAreRefusedAndNothingChanges() {
        let active = RingKernels.active
        #expect(RingKernels.supported.contains(active))
        #expect(RingKernels.supported.contains(.portable))
        #expect(throws: KernelError.self) { try RingKernels.select(named: "AVX-2") }
        #expect(RingKernels.active == active)
    }
}
