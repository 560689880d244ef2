import HomomorphicEncryption
import Testing

@Suite struct SecurityEstimateTests {
    /// Figures of the review's independent Python estimate, the cheaper of its two attacks, at an effective σ of 3.2.
    @Test(
        arguments: [
            (4096, 94.0, 0, 154, 127), (4096, 94, 64, 151, 124), (4096, 94, 128, 148, 121), (4096, 94, 256, 143, 116),
            (4096, 94, 512, 132, 107), (8192, 141, 256, 204, 171), (8192, 94, 256, 328, 284),
            (4096, 47, 128, 333, 289),
        ] as [(Int, Double, Int, Int, Int)])
    func bitsEqualTheReviewedFigures(degree: Int, logModulus: Double, hints: Int, classical: Int, quantum: Int) {
        let estimate = SecurityEstimate(ringDegree: degree, logModulus: logModulus, hints: hints)
        #expect(estimate.classicalBits == classical)
        #expect(estimate.quantumBits == quantum)
    }

    /// The moduli that the HomomorphicEncryption.org standard (2018, table 1) allows for 128 classical bits, with its
    /// ternary secrets.
    @Test(arguments: [(1024, 27.0), (2048, 54), (4096, 109), (8192, 218), (16_384, 438)] as [(Int, Double)])
    func theStandardsRowsAreReproduced(degree: Int, logModulus: Double) {
        let estimate = SecurityEstimate(
            ringDegree: degree, logModulus: logModulus, hints: 0, secretDeviation: (2.0 / 3).squareRoot())
        #expect(abs(estimate.classicalBits - 128) <= 4)
    }

    /// Moduli of the standard for 128 bits, classical and quantum; a degree that is not listed fails.
    @Test(arguments: ParameterSet.allCases)
    func everySetStaysBelowTheStandardsModulus(set: ParameterSet) throws {
        let limits = [4096: (classical: 109, quantum: 101), 8192: (classical: 218, quantum: 202)]
        let limit = try #require(limits[set.ringDegree])
        #expect(47 * set.primes <= limit.classical && 47 * set.primes <= limit.quantum)
        #expect(set.securityBits.quantum >= 128 && set.securityBits.classical >= 128)
    }
}
