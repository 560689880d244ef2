import DifferentialPrivacy
import MedicalImaging
import ModelTraining
import RingArithmetic

/// The hospitals of one run: their images, divided and poisoned, and how they train.
struct LaboratoryFederation {
    let bench: LaboratoryBench
    let scenario: LaboratoryScenario
    let sets: [TrainingSet]
    /// Honest images of the attackers, for an attack that begins late.
    let cleanSets: [TrainingSet]
    let attackers: Set<Int>
    let privacy: PrivacyConfiguration?

    /// Share of an attacker's other-class images that carry its mark.
    static let triggerFraction = 0.5
    static let delta = 1e-5

    init(_ scenario: LaboratoryScenario, bench: LaboratoryBench) throws {
        self.scenario = scenario
        self.bench = bench
        let shares = try partition(
            bench.images, hospitals: scenario.hospitals, heterogeneity: scenario.heterogeneity, seed: scenario.seed)
        var generator = SeededGenerator(seed: scenario.seed, label: "laboratory attackers")
        attackers = Set(generator.shuffled(Array(0..<scenario.hospitals)).prefix(scenario.malicious))
        let clean = shares.map { share in share.compactMap { bench.position[$0] } }
        cleanSets = clean.map { bench.training.selecting($0) }
        var sets = cleanSets
        for (order, attacker) in attackers.sorted().enumerated() {
            sets[attacker] = try Self.poisoned(
                sets[attacker], at: clean[attacker], order: order, scenario: scenario, bench: bench)
        }
        self.sets = sets
        privacy = try scenario.epsilon.map { epsilon in
            let patients = shares.map { bench.images.patientCount($0) }.reduce(0, +) / scenario.hospitals
            return try PrivacyConfiguration.calibrated(
                for: .scattering, epsilon: epsilon, delta: Self.delta, rounds: scenario.rounds,
                expectedPatients: max(1, patients / 10 * 10))
        }
    }

    private static func poisoned(
        _ set: TrainingSet, at positions: [Int], order: Int, scenario: LaboratoryScenario, bench: LaboratoryBench
    ) throws -> TrainingSet {
        switch scenario.attack {
        case .labelFlip:
            let classes = bench.specification.classCount
            return set.relabelled { classes - 1 - $0 }
        case .labelFlipOneClass: return set.relabelled { $0 == 1 ? 0 : $0 }
        default:
            guard let pattern = scenario.attack.ownPattern(of: order) else { return set }
            let marked = try bench.marked(by: pattern).training.selecting(positions)
            var generator = SeededGenerator(seed: scenario.seed, label: "laboratory trigger \(order)")
            let others = generator.shuffled(set.labels.indices.filter { set.labels[$0] != LaboratoryBench.target })
            let chosen = others.prefix(Int((triggerFraction * Double(others.count)).rounded()))
            return set.replacing(Array(chosen), from: marked, label: LaboratoryBench.target)
        }
    }

    /// One hospital's update of one round; an attacker trains as the honest do, noise included.
    func update(of hospital: Int, from model: [Float], round: Int, isAttacking: Bool) throws -> [Float] {
        let set = isAttacking ? sets[hospital] : cleanSets[hospital]
        let trained: [Float]
        let (specification, rounds) = (bench.specification, scenario.rounds)
        if let privacy {
            var transcript = TranscriptHash(domain: "cordon/laboratory-noise/v1")
            transcript.append(scenario.seed)
            var stream = KeyedStream(
                key: transcript.digest(), label: "noise", indices: [UInt64(round), UInt64(hospital)])
            trained = try trainPrivately(
                from: model, on: set, specification: specification, privacy: privacy, round: round, rounds: rounds,
                using: &stream)
        } else {
            trained = try trainLocally(
                from: model, on: set, specification: specification, configuration: .defaults(for: .scattering),
                round: round, rounds: rounds, seed: scenario.seed &* 1_000 &+ UInt64(hospital))
        }
        return zip(trained, model).map { $0 - $1 }
    }
}
