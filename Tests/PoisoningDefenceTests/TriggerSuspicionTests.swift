import Foundation
import PoisoningDefence
import Testing

@Suite struct TriggerSuspicionTests {
    private static let policy = DefencePolicy(
        members: 10, corruptible: 3, rules: [], triggers: TriggerTerms(probes: ""))

    /// Updates of ten hospitals with nothing in common; the first `malicious` also lean on the first probe.
    private static func updates(
        _ malicious: Int, lean: Double, probes: [[Double]], using generator: inout SeededGenerator
    ) -> [[Double]] {
        (0..<10).map { member in
            let own = generator.vector(300)
            return zip(own, probes[0]).map { $0 + (member < malicious ? lean * $1 : 0) }
        }
    }

    private static func sketches(_ updates: [[Double]]) -> [MemberSketch] {
        updates.enumerated().map { member, update in
            MemberSketch(member: member, digits: digits(update), noise: [])
        }
    }

    private static func digits(_ vector: [Double]) -> [Int64] { vector.map { Int64(($0 * 0x1p20).rounded()) } }

    /// The same figures in floating point, from the definition.
    private static func reference(_ rounds: [[[Double]]], probes: [[Double]]) -> [Double] {
        func norm(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        func median(_ values: [Double]) -> Double {
            let sorted = values.sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }
        var scores = (0..<10).map { _ in probes.map { _ in 0.0 } }
        for updates in rounds {
            let middle = median(updates.map(norm))
            for (member, update) in updates.enumerated() {
                for (index, probe) in probes.enumerated() {
                    let product = zip(update, probe).reduce(0) { $0 + $1.0 * $1.1 }
                    scores[member][index] += product / norm(update) / norm(probe) * min(1, norm(update) / middle)
                }
            }
        }
        let centred = probes.indices.map { probe in
            let column = scores.map { $0[probe] }
            return column.map { $0 - median(column) }
        }
        let spreads = centred.map { 1.4826 * median($0.map(abs)) }
        let floor = max(median(spreads), (Double(rounds.count) / 300).squareRoot())
        return (0..<10).map { member in
            probes.indices.map { abs(centred[$0][member]) / max(spreads[$0], floor) }.max() ?? 0
        }
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func fixedPointFollowsFloatingPoint(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let probes = (0..<20).map { _ in generator.vector(300) }
        var suspicion = TriggerSuspicion()
        var rounds: [[[Double]]] = []
        for _ in 0..<4 {
            rounds.append(Self.updates(2, lean: 0.3, probes: probes, using: &generator))
            suspicion.observe(
                Self.sketches(rounds[rounds.count - 1]), probes: probes.map(Self.digits), policy: Self.policy)
        }
        for (own, expected) in zip(suspicion.deviations, Self.reference(rounds, probes: probes)) {
            #expect(abs(Double(own.deviation) / 1000 - expected) < 0.01)
        }
    }

    /// A lean too small for one round is found over twenty; whoever is found stays out.
    @Test func suspicionGathers() {
        var generator = SeededGenerator(seed: 4)
        let probes = (0..<20).map { _ in generator.vector(300) }
        var suspicion = TriggerSuspicion()
        var found: [Int] = []
        for round in 0..<20 {
            suspicion.observe(
                Self.sketches(Self.updates(3, lean: 0.25, probes: probes, using: &generator)),
                probes: probes.map(Self.digits), policy: Self.policy)
            #expect(Set(found).isSubset(of: suspicion.quarantined.map(\.member)))
            found = suspicion.quarantined.map(\.member)
            if round == 0 { #expect(found.isEmpty) }
        }
        #expect(found.sorted() == [0, 1, 2])
        #expect(suspicion.quarantined.allSatisfy { $0.reason == .plantedTrigger && $0.measured > $0.bound })
        #expect(!suspicion.isAlarmed)
    }

    /// 2000 hospitals of unlike updates, three rounds: a rule that wrongs one in a thousand wrongs more than ten of
    /// them with probability 8·10^-6 (Poisson of mean two).
    @Test func honestHospitalsStay() {
        var generator = SeededGenerator(seed: 5)
        var wronged = 0
        for _ in 0..<200 {
            let probes = (0..<20).map { _ in generator.vector(300) }
            var suspicion = TriggerSuspicion()
            for _ in 0..<3 {
                suspicion.observe(
                    Self.sketches(Self.updates(0, lean: 0, probes: probes, using: &generator)),
                    probes: probes.map(Self.digits), policy: Self.policy)
            }
            wronged += suspicion.quarantined.count
        }
        #expect(wronged <= 10)
    }

    @Test func fourCheatsWhereThreeWereAssumedRaiseTheAlarm() {
        var generator = SeededGenerator(seed: 6)
        let probes = (0..<20).map { _ in generator.vector(300) }
        var suspicion = TriggerSuspicion()
        for _ in 0..<20 {
            suspicion.observe(
                Self.sketches(Self.updates(4, lean: 2, probes: probes, using: &generator)),
                probes: probes.map(Self.digits), policy: Self.policy)
        }
        #expect(suspicion.quarantined.count == 3)
        #expect(suspicion.isAlarmed)
    }

    /// Four that pull the same way, of ten: the median is theirs as much as anyone's, but there are two camps. Not so
    /// with three, over 40 federations each: a rule wrong once in ten is caught with probability .985.
    @Test(arguments: [4, 5])
    func moreThanAssumedAreTwoCamps(malicious: Int) {
        for seed in 0..<40 as Range<UInt64> {
            var generator = SeededGenerator(seed: 100 + seed)
            let probes = (0..<20).map { _ in generator.vector(300) }
            let camps = TriggerTerms(probes: "", bound: 1_000_000, alarmBound: 1_000_000)
            let policy = DefencePolicy(members: 10, corruptible: 3, rules: [], triggers: camps)
            var (many, few) = (TriggerSuspicion(), TriggerSuspicion())
            for _ in 0..<6 {
                let updates = Self.updates(malicious, lean: 1, probes: probes, using: &generator)
                many.observe(Self.sketches(updates), probes: probes.map(Self.digits), policy: policy)
                let others = Self.updates(3, lean: 1, probes: probes, using: &generator)
                few.observe(Self.sketches(others), probes: probes.map(Self.digits), policy: policy)
            }
            #expect(many.isAlarmed && !few.isAlarmed)
        }
    }

    @Test func tooFewSketchesSayNothing() {
        var suspicion = TriggerSuspicion()
        suspicion.observe(
            [MemberSketch(member: 0, digits: [1, 2], noise: [])], probes: [[1, 0]], policy: Self.policy)
        #expect(suspicion.rounds == 0 && suspicion.deviations.isEmpty)
    }
}

/// What stands for a suspicion between rounds.
@Suite struct TriggerSuspicionBytesTests {
    private static func suspicion(rounds: Int) -> TriggerSuspicion {
        var generator = SeededGenerator(seed: 7)
        let policy = DefencePolicy(members: 6, corruptible: 2, rules: [], triggers: TriggerTerms(probes: ""))
        var suspicion = TriggerSuspicion()
        for _ in 0..<rounds {
            let sketches = (0..<6).map { member in
                MemberSketch(
                    member: 2 * member,
                    digits: (0..<64).map { Int64(generator.normal() * 1000) + ($0 == 3 && member == 1 ? 9000 : 0) },
                    noise: [])
            }
            suspicion.observe(
                sketches, probes: (0..<64).map { one in (0..<64).map { $0 == one ? 1000 : 0 } }, policy: policy)
        }
        return suspicion
    }

    @Test(arguments: [0, 1, 5])
    func bytesComeBackAsTheyWere(rounds: Int) throws {
        let suspicion = Self.suspicion(rounds: rounds)
        #expect(rounds < 5 || !suspicion.quarantined.isEmpty)
        #expect(try #require(TriggerSuspicion(bytes: suspicion.bytes)) == suspicion)
    }

    /// Cut short, made longer, or with a count that is not there: nothing is read, and nothing crashes.
    @Test func otherBytesAreNothing() {
        let bytes = Self.suspicion(rounds: 3).bytes
        for length in stride(from: 0, to: bytes.count, by: 97) {
            #expect(TriggerSuspicion(bytes: Array(bytes.prefix(length))) == nil)
        }
        #expect(TriggerSuspicion(bytes: bytes + [UInt8](repeating: 0, count: 8)) == nil)
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<2000 {
            var altered = bytes
            altered[Int(generator.next() % 200)] = UInt8(truncatingIfNeeded: generator.next())
            // What is read is exactly what is written for it: no two byte strings stand for one suspicion.
            if let read = TriggerSuspicion(bytes: altered) { #expect(read.bytes == altered) }
        }
    }
}
