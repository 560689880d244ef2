import MultipartyEncryption
import PoisoningDefence
import RingArithmetic
import SecureAggregation
import Testing

@testable import AttackLaboratory

@Suite struct TwinRoundTests {
    /// Real ciphertexts, real shares, real openings, and the twin: the same digits, and so the same verdicts of every
    /// rule and the same suspicion, honest or poisoned.
    @Test(arguments: [false, true])
    func encryptedAndPlaintextSketchesGiveOneVerdict(isPrivate: Bool) throws {
        let twin = try TwinRound(dimension: 1217, members: 5, isPrivate: isPrivate, seed: 3)
        let sharing = try SharingPolicy(members: 5, threshold: 4)
        let policy = DefencePolicy.standard(
            members: 5, corruptible: 1, triggers: TriggerTerms(probes: ""))
        var (encrypted, plain) = (TriggerSuspicion(), TriggerSuspicion())
        for round in 0..<2 {
            var generator = KeyedStream(key: [1], label: "updates", indices: [UInt64(round)])
            let updates = (0..<5).map { member in
                (0..<1217).map { _ in
                    Float(Int64(bitPattern: generator.next()) >> 40) * 0x1p-23 * (member == 4 ? 8 : 1) + 0.3
                }
            }
            let integers = twin.quantised(updates, round: round)
            let families = twin.families(round: round)
            let opened = try integers.enumerated().map { member, values in
                let dealing = try Dealing(
                    update: values, parameters: twin.parameters, sharing: sharing, polynomials: twin.polynomials,
                    context: DealingContext(federation: twin.key, seed: twin.key, member: member), using: &generator)
                let answers = Dictionary(
                    uniqueKeysWithValues: (0..<4).map { ($0, families.answer(dealing.share(for: $0))) })
                guard
                    case .opened(let sketch) = families.open(
                        families.linearPart(of: dealing.update), answers, sharing: sharing)
                else { throw AggregationError(.malformed, "the sketch did not open") }
                return MemberSketch(member: member, digits: sketch.digits, noise: sketch.noise)
            }
            let sketches = twin.sketches(of: integers, under: families)
            #expect(opened.map(\.digits) == sketches.map(\.digits))
            #expect(opened.map(\.digits) == integers.map { families.sketch(of: $0) })
            let probes = families.sketches(of: [updates[4].map { Int64($0 * 1000) }])
            encrypted.observe(opened, probes: probes, policy: policy)
            plain.observe(sketches, probes: probes, policy: policy)
            #expect(encrypted == plain)
            let verdict = judge(
                opened, geometry: twin.geometry, policy: policy, alreadyExcluded: encrypted.quarantined)
            #expect(
                verdict
                    == judge(sketches, geometry: twin.geometry, policy: policy, alreadyExcluded: plain.quarantined))
            #expect(verdict.exclusions.map(\.member) == [4])
        }
    }
}
