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
    let probes = scenario.defence.usesProbes ? bench.probes.directions.map(TwinRound.gridded) : []
    var model = try bench.specification.initialParameters(seed: scenario.seed)
    var suspicion = TriggerSuspicion()
    var wholeSuspicion = TriggerSuspicion()
    var count = VerdictCount(attackers: federation.attackers, hospitals: scenario.hospitals)
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
        count.add(verdict, whole: whole, isAlarmed: suspicion.isAlarmed, round: round + 1)
        if !verdict.accepted.isEmpty {
            let mean = twin.mean(of: updates, accepted: verdict.accepted)
            for index in model.indices { model[index] += mean[index] }
        }
    }
    return try count.run(scenario, model: model, bench: bench, start: start)
}

/// The same rules on the updates themselves instead of their sketches.
private func wholeVerdict(
    _ updates: [[Int64]], probes: [[Int64]], policy: DefencePolicy, suspicion: inout TriggerSuspicion
) -> Verdict {
    let sketches = updates.enumerated().map { member, update in
        MemberSketch(member: member, digits: update, noise: Array(repeating: 0, count: update.count))
    }
    if !probes.isEmpty { suspicion.observe(sketches, probes: probes, policy: policy) }
    let geometry = SketchGeometry(
        coordinates: updates[0].count, families: updates[0].count, fields: 1, normBound: 1 << 48, errorVariance: 0,
        coefficients: updates[0].count)
    return judge(
        sketches, geometry: geometry,
        policy: DefencePolicy(
            members: policy.members, corruptible: policy.corruptible, rules: policy.rules, contractRules: false),
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
