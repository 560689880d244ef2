import MedicalImaging
import ModelTraining
import PoisoningDefence
package import Report
import SecureAggregation

/// Runs one attack on one federation, round by round on the twin of the encrypted protocol.
///
/// Same scenario, same bytes (but for `seconds`). - Throws: `TrainingError`, `ImagingError`, `EncryptionError`.
package func runLaboratory(_ scenario: LaboratoryScenario, bench: LaboratoryBench) throws -> AttackRun {
    let start = ContinuousClock.now
    let federation = try LaboratoryFederation(scenario, bench: bench)
    let twin = try TwinRound(
        dimension: bench.specification.parameterCount, members: scenario.hospitals,
        isPrivate: scenario.epsilon != nil, seed: scenario.seed)
    let policy = scenario.defence.policy(members: scenario.hospitals, corruptible: scenario.corruptible)
    let probes = scenario.defence.usesProbes ? bench.probes.directions : []
    var model = try bench.specification.initialParameters(seed: scenario.seed)
    var suspicion = TriggerSuspicion()
    var wholeSuspicion = TriggerSuspicion()
    var count = VerdictCount(attackers: federation.attackers, hospitals: scenario.hospitals)
    var weighing = scenario.defence.weights?.rule
    var wholeWeighing = weighing
    var generator = SeededGenerator(seed: scenario.seed, label: "laboratory forgery")
    for round in 0..<scenario.rounds {
        let updates = twin.quantised(
            try federation.sentUpdates(from: model, round: round, using: &generator), round: round)
        let families = twin.families(round: round)
        let digits = families.sketches(of: updates + probes)
        let sketches = updates.indices.map {
            MemberSketch(
                member: $0, digits: digits[$0], noise: Array(repeating: 0, count: twin.geometry.coordinates))
        }
        if !probes.isEmpty {
            suspicion.observe(sketches, probes: Array(digits.dropFirst(updates.count)), policy: policy)
        }
        let verdict = judge(
            sketches, geometry: twin.geometry, policy: policy, alreadyExcluded: suspicion.quarantined)
        let whole = wholeVerdict(updates, probes: probes, policy: policy, suspicion: &wholeSuspicion)
        let weights = weighing?.weights(sketches.filter { verdict.accepted.contains($0.member) }, policy: policy)
        let wholeWeights = wholeWeighing?.weights(
            wholeSketches(updates).filter { whole.accepted.contains($0.member) }, policy: policy)
        count.add(
            leftOut(verdict, weights), whole: leftOut(whole, wholeWeights), isAlarmed: suspicion.isAlarmed,
            round: round + 1)
        // The federation stops: nobody signs a verdict while more hospitals stand out than may be corrupt.
        if suspicion.isAlarmed { break }
        let change = twin.mean(of: updates, accepted: verdict.accepted, weights: weights)
        for (index, value) in change.enumerated() { model[index] += value }
    }
    return try count.run(scenario, model: model, bench: bench, start: start)
}

/// Who does not count in the sum: excluded, or of no weight.
private func leftOut(_ verdict: Verdict, _ weights: [Int64]?) -> Set<Int> {
    let weightless = zip(verdict.accepted, weights ?? []).filter { $0.1 == 0 }.map(\.0)
    return Set(verdict.exclusions.map(\.member) + weightless)
}

/// The updates themselves in the place of their sketches.
private func wholeSketches(_ updates: [[Int64]]) -> [MemberSketch] {
    updates.enumerated().map { member, update in
        MemberSketch(member: member, digits: update, noise: Array(repeating: 0, count: update.count))
    }
}

/// The same rules on the updates themselves instead of their sketches.
private func wholeVerdict(
    _ updates: [[Int64]], probes: [[Int64]], policy: DefencePolicy, suspicion: inout TriggerSuspicion
) -> Verdict {
    let sketches = wholeSketches(updates)
    if !probes.isEmpty { suspicion.observe(sketches, probes: probes, policy: policy) }
    let geometry = SketchGeometry(
        coordinates: updates[0].count, families: updates[0].count, fields: 1, normBound: 1 << 48, errorVariance: 0,
        coefficients: updates[0].count)
    return judge(
        sketches, geometry: geometry,
        policy: DefencePolicy(
            members: policy.members, corruptible: policy.corruptible, rules: policy.rules, contractRules: false,
            triggers: policy.triggers),
        alreadyExcluded: suspicion.quarantined)
}

extension LaboratoryFederation {
    /// What arrives of every hospital in a round, forged where it is an attacker's.
    fileprivate func sentUpdates(
        from model: [Float], round: Int, using generator: inout SeededGenerator
    ) throws -> [[Float]] {
        let progress = Double(round) / Double(scenario.rounds)
        let isAttacking = scenario.attack != .lateShot || progress >= 0.75
        var updates = try sets.indices.map {
            try update(of: $0, from: model, round: round, isAttacking: isAttacking && attackers.contains($0))
        }
        guard isAttacking, let first = attackers.min().map({ updates[$0] }) else { return updates }
        let forgery = UpdateForgery(honest: updates.indices.filter { !attackers.contains($0) }.map { updates[$0] })
        for attacker in attackers.sorted() {
            updates[attacker] = forgery.forged(
                scenario.attack, trained: updates[attacker], first: first, progress: progress, using: &generator)
        }
        return updates
    }
}
