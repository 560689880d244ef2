import Testing

@testable import PoisoningDefence

@Suite struct ContractRuleTests {
    static let normBound: Int64 = 1_000_000

    static func geometry(_ coordinates: Int = 256) -> SketchGeometry {
        SketchGeometry(
            coordinates: coordinates, families: coordinates / 2, fields: 1, normBound: normBound, errorVariance: 20.5,
            coefficients: 16384)
    }

    static func sketch(
        _ member: Int = 0, coordinates: Int = 256, digit: Int64 = 1000, noise: Int64 = 100
    ) -> MemberSketch {
        MemberSketch(
            member: member, digits: Array(repeating: digit, count: coordinates),
            noise: Array(repeating: noise, count: coordinates))
    }

    /// The largest allowed integer passes, the next one does not: `8·10^6/√2 = 5656854.2…`.
    @Test(arguments: [(5_656_854, false), (-5_656_854, false), (5_656_855, true), (-5_656_855, true), (.min, true)])
    func digitsAreBoundedExactly(_ digit: Int64, _ excluded: Bool) {
        var digits = [Int64](repeating: 0, count: 256)
        digits[17] = digit
        let sketch = MemberSketch(member: 3, digits: digits, noise: Array(repeating: 0, count: 256))
        let exclusion = ContractRules.broken(by: sketch, geometry: Self.geometry())
        #expect((exclusion?.reason == .digitOutOfRange) == excluded)
        #expect((exclusion == nil) == !excluded)
        if let exclusion {
            #expect(exclusion.member == 3 && exclusion.bound == 5_656_854 && exclusion.measured > exclusion.bound)
        }
    }

    /// All digits equal x: `2x² ≤ 1.5625·B²` at k = 256 (x ≤ 883883.4…), `2x² ≤ 2.15·B²` at k = 128 (x ≤ 1036822.0…).
    @Test(arguments: [(256, 883_883), (128, 1_036_822)])
    func normIsBoundedExactly(_ coordinates: Int, _ largest: Int64) {
        for (digit, excluded) in [(largest, false), (-largest, false), (largest + 1, true)] {
            let exclusion = ContractRules.broken(
                by: Self.sketch(coordinates: coordinates, digit: digit), geometry: Self.geometry(coordinates))
            #expect((exclusion?.reason == .normOutOfRange) == excluded)
            if let exclusion { #expect(exclusion.measured > exclusion.bound) }
        }
    }

    /// All noises equal x: `x² ≤ 1.69·20.5·8192` = 283811.8… at k = 256, `2.15·…` = 361062.4 at k = 128.
    @Test(arguments: [(256, 532), (128, 600)])
    func noiseIsBoundedExactly(_ coordinates: Int, _ largest: Int64) {
        for (noise, excluded) in [(largest, false), (-largest, false), (largest + 1, true), (.min, true)] {
            let exclusion = ContractRules.broken(
                by: Self.sketch(coordinates: coordinates, noise: noise), geometry: Self.geometry(coordinates))
            #expect((exclusion?.reason == .noiseOutOfRange) == excluded)
            if let exclusion { #expect(exclusion.measured > exclusion.bound) }
        }
    }

    /// Honest updates at the very bound: none of 2000 sketches breaks a rule. The protocol states 2e-8 a round, so this
    /// alarms falsely with probability below 1e-4.
    @Test(arguments: [128, 256])
    func honestUpdatesAtTheBoundPass(_ coordinates: Int) {
        let geometry = Self.geometry(coordinates)
        let digitDeviation = Double(Self.normBound) / 2.0.squareRoot()
        let noiseDeviation = (geometry.errorVariance * Double(geometry.coefficients) / 2).squareRoot()
        var generator = SeededGenerator(seed: 1)
        for member in 0..<2000 {
            let sketch = MemberSketch(
                member: member,
                digits: (0..<coordinates).map { _ in Int64(generator.normal() * digitDeviation) },
                noise: (0..<coordinates).map { _ in Int64(generator.normal() * noiseDeviation) })
            #expect(ContractRules.broken(by: sketch, geometry: geometry) == nil)
        }
    }

    @Test func contractRulesExcludeMoreThanTheCorruptible() {
        let sketches = (0..<5).map { Self.sketch($0, digit: $0 < 3 ? 900_000 : 1000) }
        for policy in [DefencePolicy.standard(members: 5, corruptible: 1), .off] {
            let verdict = judge(sketches, geometry: Self.geometry(), policy: policy)
            #expect(verdict.accepted == [3, 4])
            #expect(verdict.exclusions.map(\.reason) == [.normOutOfRange, .normOutOfRange, .normOutOfRange])
        }
        #expect(judge(sketches, geometry: Self.geometry(), policy: .undefended).accepted == [0, 1, 2, 3, 4])
    }

    @Test func wildDigitsDoNotTrapTheRulesWhenTheContractIsOff() {
        var sketches = (0..<5).map { Self.sketch($0) }
        sketches[4] = Self.sketch(4, digit: .min, noise: .min)
        let policy = DefencePolicy(
            members: 5, corruptible: 1, rules: PoisoningRuleName.allCases, contractRules: false)
        let verdict = judge(sketches, geometry: Self.geometry(), policy: policy)
        #expect(verdict.exclusions.map(\.member) == [4])
    }

    @Test func rawValuesAreFrozen() {
        #expect(ExclusionReason.allCases.map(\.rawValue) == Array(1...17))
        #expect(ExclusionReason.offPolynomial.rawValue == 10)
        #expect(Set(ExclusionReason.allCases.map(\.explanation)).count == 17)
    }
}
