import Testing

@testable import PoisoningDefence

@Suite struct JudgementTests {
    static let geometry = SyntheticFederation.geometry()

    static func round(
        _ attack: Attack, hospitals: Int = 5, corruptible: Int = 1, likeness: Likeness = .alike, seed: UInt64 = 11
    ) -> (federation: SyntheticFederation, sketches: [MemberSketch]) {
        var generator = SeededGenerator(seed: seed)
        let federation = SyntheticFederation(
            hospitals: hospitals, corruptible: corruptible, likeness: likeness, attack: attack, using: &generator)
        return (federation, federation.sketches(geometry, using: &generator))
    }

    static func verdict(_ sketches: [MemberSketch], corruptible: Int = 1, members: Int = 5) -> Verdict {
        judge(sketches, geometry: geometry, policy: .standard(members: members, corruptible: corruptible))
    }

    @Test(arguments: Attack.allCases, Likeness.allCases)
    func verdictDoesNotDependOnOrderOrRepetition(_ attack: Attack, _ likeness: Likeness) {
        let (_, sketches) = Self.round(attack, hospitals: 10, corruptible: 3, likeness: likeness)
        let verdict = Self.verdict(sketches, corruptible: 3, members: 10)
        #expect(verdict == Self.verdict(sketches, corruptible: 3, members: 10))
        #expect(verdict == Self.verdict(sketches.reversed(), corruptible: 3, members: 10))
        // Relabelled hospitals: the same ones, under their new numbers.
        func relabelled(_ member: Int) -> Int { (member * 7 + 3) % 10 }
        let other = Self.verdict(
            sketches.map { MemberSketch(member: relabelled($0.member), digits: $0.digits, noise: $0.noise) },
            corruptible: 3, members: 10)
        #expect(other.accepted == verdict.accepted.map(relabelled).sorted())
        #expect(Set(other.exclusions.map(\.reason)) == Set(verdict.exclusions.map(\.reason)))
    }

    @Test func scaledUpdateIsNamedAsSuch() throws {
        let (federation, sketches) = Self.round(.scaledBackdoor)
        let exclusion = try #require(Self.verdict(sketches).exclusions.first)
        #expect([exclusion.member] == federation.corrupt)
        #expect(exclusion.reason == .scaledUpdate)
        #expect(exclusion.measured > exclusion.bound)
    }

    @Test func copiesOfOneUpdateAreExcluded() {
        let (_, sketches) = Self.round(.none, hospitals: 10, corruptible: 3, likeness: .unlike)
        // Copies of hospital 0, scaled to hide: direction is what counts.
        let copied = sketches.map { sketch in
            [4, 7].contains(sketch.member)
                ? MemberSketch(
                    member: sketch.member, digits: sketches[0].digits.map { $0 * Int64(sketch.member) / 5 },
                    noise: sketch.noise)
                : sketch
        }
        let verdict = Self.verdict(copied, corruptible: 3, members: 10)
        let duplicates = verdict.exclusions.filter { $0.reason == .duplicate }
        #expect(duplicates.map(\.member) == [0, 4, 7])
        #expect(duplicates.allSatisfy { $0.measured < $0.bound })
        // More copies than corruptible hospitals: the lowest stays, so the update counts once.
        let fewer = Self.verdict(copied, corruptible: 2, members: 10)
        #expect(fewer.exclusions.map(\.member) == [4, 7])
    }

    /// Near-equal honest updates (training that converged, little noise) are no duplicates of one another.
    @Test func hospitalsThatAgreeAreNotCopies() {
        var generator = SeededGenerator(seed: 5)
        let common = (0..<256).map { _ in generator.normal() * 1e6 }
        let sketches = (0..<5).map { member in
            MemberSketch(
                member: member, digits: common.map { Int64($0 + generator.normal() * 2e4) },
                noise: Array(repeating: 0, count: 256))
        }
        #expect(Self.verdict(sketches).exclusions.isEmpty)
    }

    @Test func poisoningRulesNeverExcludeMoreThanTheCorruptible() {
        let (_, sketches) = Self.round(.scaledBackdoor, hospitals: 10, corruptible: 3)
        for corruptible in 0...3 {
            #expect(
                Self.verdict(sketches, corruptible: corruptible, members: 10).exclusions.count <= corruptible)
        }
        #expect(Self.verdict(sketches, corruptible: 3, members: 10).exclusions.count == 3)
    }

    /// n = 5, c = 1 needs |V| ≥ 3: with one hospital absent and one malformed, three are left and none may be excluded.
    @Test func acceptedSetNeverShrinksBelowItsMinimum() {
        let (federation, sketches) = Self.round(.signFlip)
        let honest = (0..<5).filter { !federation.corrupt.contains($0) }
        let absent = honest.prefix(2).map { Exclusion(member: $0, reason: .missingShares) }
        let verdict = judge(
            sketches, geometry: Self.geometry, policy: .standard(members: 5, corruptible: 1), alreadyExcluded: absent)
        #expect(verdict.accepted.count == 3)
        #expect(verdict.exclusions == absent.sorted())
        let one = judge(
            sketches, geometry: Self.geometry, policy: .standard(members: 5, corruptible: 1),
            alreadyExcluded: Array(absent.prefix(1)))
        #expect(one.accepted.count == 3)
        #expect(one.exclusions.map(\.member).contains(federation.corrupt[0]))
    }

    @Test(arguments: PoisoningRuleName.allCases)
    func eachRuleAloneSpeaksItsOwnReason(_ name: PoisoningRuleName) {
        let attack: Attack = [.scale, .norm].contains(name) ? .scaledBackdoor : .signFlip
        var (federation, sketches) = Self.round(attack, hospitals: 10, corruptible: 3, likeness: .alike)
        if name == .duplicates {
            (federation, sketches) = Self.round(.none, hospitals: 10)
            sketches[9] = MemberSketch(member: 9, digits: sketches[8].digits, noise: sketches[9].noise)
        }
        let corrupt = name == .duplicates ? [8, 9] : federation.corrupt
        let exclusions = name.rule.judge(
            sketches, geometry: Self.geometry, policy: .standard(members: 10, corruptible: 3))
        #expect(exclusions.map(\.member) == corrupt)
        let reasons: [PoisoningRuleName: ExclusionReason] = [
            .duplicates: .duplicate, .scale: .scaledUpdate, .norm: .normOutlier, .angle: .angleOutlier,
            .multiKrum: .multiKrum, .cluster: .minorityCluster, .principalDirection: .principalDirection,
            .flame: .minorityCluster,
        ]
        #expect(exclusions.allSatisfy { $0.reason == reasons[name] })
        #expect(type(of: name.rule).name == name)
        // Alone in an agreement, a rule's vote is enough.
        let policy = DefencePolicy(members: 10, corruptible: 3, rules: [name])
        #expect(judge(sketches, geometry: Self.geometry, policy: policy).exclusions.map(\.member) == corrupt)
    }

    @Test func updatesOfZeroAreNoTrouble() {
        let zero = (0..<5).map {
            MemberSketch(
                member: $0, digits: Array(repeating: 0, count: 256), noise: Array(repeating: 0, count: 256))
        }
        #expect(Self.verdict(zero).accepted == [0, 1, 2, 3, 4])
        #expect(Self.verdict(Array(zero.prefix(2))).accepted == [0, 1])
        #expect(Self.verdict([]).accepted.isEmpty)
    }

    @Test func offRunsContractRulesOnly() {
        let (_, sketches) = Self.round(.scaledBackdoor)
        #expect(judge(sketches, geometry: Self.geometry, policy: .off).exclusions.isEmpty)
    }

    @Test(arguments: [0, 1, 2, 3, 4, 15, 16, 17, 1 << 64, UInt128.max] as [UInt128])
    func integerSquareRootIsExact(_ value: UInt128) {
        let root = FixedPoint.squareRoot(value)
        #expect(root * root <= value)
        let (square, overflow) = (root + 1).multipliedReportingOverflow(by: root + 1)
        #expect(overflow || square > value)
    }

    /// Fixed-point cosines agree with floating point to a millionth.
    @Test func cosinesAgreeWithFloatingPoint() {
        let (_, sketches) = Self.round(.backdoor)
        let distances = SketchDirections(sketches).cosineDistances()
        for (i, one) in sketches.enumerated() {
            for (j, other) in sketches.enumerated() where i != j {
                func product(_ x: [Int64], _ y: [Int64]) -> Double {
                    zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }
                }
                let cosine =
                    product(one.digits, other.digits)
                    / (product(one.digits, one.digits) * product(other.digits, other.digits)).squareRoot()
                #expect(abs(1 - cosine - Double(distances[i][j]) / Double(FixedPoint.one)) < 1e-6)
            }
        }
    }
}
