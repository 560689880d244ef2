import MedicalImaging
import ModelTraining
import Report

/// Counts whom the verdicts of a run left out.
struct VerdictCount {
    let attackers: Set<Int>
    let hospitals: Int
    private var caught: [Double] = []
    private var wronged: [Double] = []
    private var agreements: [Double] = []
    private var firstCatch: Int?
    private var alarmRound: Int?

    init(attackers: Set<Int>, hospitals: Int) {
        self.attackers = attackers
        self.hospitals = hospitals
    }

    /// - Parameters:
    ///   - out: whom the verdict, or a weight of zero, left out.
    ///   - whole: the same by whole updates.
    mutating func add(_ out: Set<Int>, whole: Set<Int>, isAlarmed: Bool, round: Int) {
        if !attackers.isEmpty {
            caught.append(Double(out.intersection(attackers).count) / Double(attackers.count))
            if firstCatch == nil, !out.isDisjoint(with: attackers) { firstCatch = round }
        }
        wronged.append(Double(out.subtracting(attackers).count) / Double(hospitals - attackers.count))
        let differing = out.symmetricDifference(whole).count
        agreements.append(1 - Double(differing) / Double(hospitals))
        if isAlarmed, alarmRound == nil { alarmRound = round }
    }

    func run(
        _ scenario: LaboratoryScenario, model: [Float], bench: LaboratoryBench, start: ContinuousClock.Instant
    ) throws -> AttackRun {
        let clean = try predict(model, on: bench.test, specification: bench.specification)
        let metrics = try ClassificationMetrics(
            labels: bench.test.labels, probabilities: clean, classNames: bench.images.classNames)
        let success = try scenario.attack.pattern.map { pattern in
            BackdoorSuccess(
                labels: bench.test.labels, clean: clean,
                triggered: try predict(
                    model, on: try bench.marked(by: pattern).test, specification: bench.specification),
                target: LaboratoryBench.target)
        }
        let elapsed = ContinuousClock.now - start
        return AttackRun(
            attack: scenario.attack.rawValue, defence: scenario.defence.rawValue,
            heterogeneity: scenario.heterogeneity, hospitals: hospitals, malicious: attackers.count,
            rounds: scenario.rounds, epsilon: scenario.epsilon, seed: scenario.seed, accuracy: metrics.accuracy,
            auc: metrics.auc, attackSuccess: success?.successRate, excessSuccess: success?.excessRate,
            truePositiveRate: mean(caught), falsePositiveRate: mean(wronged), finalTruePositiveRate: caught.last,
            finalFalsePositiveRate: wronged.last, roundsToDetect: firstCatch, alarmRound: alarmRound,
            agreementWithWholeUpdates: mean(agreements) ?? 1,
            seconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
    }

    private func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
