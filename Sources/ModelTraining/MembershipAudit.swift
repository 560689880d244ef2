import DifferentialPrivacy
import Foundation
package import RingArithmetic

/// Attacks trained models from outside: the likelihood ratio attack on membership (Carlini et al. 2022, arXiv
/// 2112.03570). Patients with wrong labels, whom a model can only have learnt by heart, are each in or out of a
/// training by the toss of a coin. From shadow models, whose coins the attacker knows, each such patient's confidence
/// has a distribution in and one out; a target model's confidences are scored by the logarithm of their ratio.
///
/// The bound on ε is that of `AuditBound`, over all pairs of target model and patient: each pair has a coin of its own,
/// on which only its own target depends, so that the targets together are (ε, δ)-private in each of them. It supposes
/// nothing about the shadows, which share no coin with the targets.
package struct MembershipAudit: Sendable, Encodable {
    package let claimedEpsilon: Double
    package let delta: Double
    /// An ε that is refuted at `confidence`.
    package let lowerBound: Double
    package let confidence: Double
    package let shadowModels: Int
    package let targetModels: Int
    /// Patients whose membership is guessed, in each target.
    package let canaries: Int
    package let guesses: Int
    package let correct: Int
    /// Chance that one who took part scores above one who did not; a half is chance.
    package let areaUnderCurve: Double
    /// Share of members found where one in a hundred, and one in a thousand, of the others is taken for one.
    package let truePositiveRateAtOnePercent: Double
    package let truePositiveRateAtOneTenthPercent: Double
    /// Largest bound that so many guesses could have shown.
    package let reach: Double

    /// No claim is refuted; it does not follow that it holds.
    package let holds: Bool

    /// - Parameters:
    ///   - given: patients, some of them canaries, which are given wrong labels; the others take part always.
    ///   - canaries: positions in `given.patients`, at least 50.
    ///   - shadows: shadow models, at least 8.
    ///   - targets: models that are attacked.
    ///   - train: one whole training on the patients given.
    /// - Throws: as training does.
    package static func run<Generator: CryptographicGenerator>(
        on given: TrainingSet, canaries: [Int], shadows: Int, targets: Int, claimedEpsilon: Double, delta: Double,
        confidence: Double = 0.95, using rng: inout Generator,
        train: (_ set: TrainingSet, _ rng: inout Generator) throws -> [Float]
    ) throws -> MembershipAudit {
        precondition(shadows >= 8 && targets >= 1 && canaries.count >= 50)
        precondition(Set(canaries).count == canaries.count && canaries.allSatisfy(given.patients.indices.contains))
        let set = given.mislabelled(canaries.flatMap { given.patients[$0] })
        let always = Set(set.patients.indices).subtracting(canaries).sorted()
        let probes = set.selecting(canaries.map { set.patients[$0][0] })
        var models: [(takesPart: [Bool], confidences: [Double])] = []
        for _ in 0..<shadows + targets {
            let takesPart = canaries.map { _ in rng.next() & 1 == 1 }
            let chosen = always + zip(canaries, takesPart).filter(\.1).map(\.0)
            let model = try train(set.selecting(chosen.flatMap { set.patients[$0] }), &rng)
            models.append((takesPart, try Self.confidences(of: model, on: probes)))
        }
        let known = models.prefix(shadows)
        let ratios = canaries.indices.map { place in
            LikelihoodRatio(
                inside: known.filter { $0.takesPart[place] }.map { $0.confidences[place] },
                outside: known.filter { !$0.takesPart[place] }.map { $0.confidences[place] })
        }
        let attacked = models.dropFirst(shadows)
        return Self(
            scores: attacked.flatMap { model in canaries.indices.map { ratios[$0].score(model.confidences[$0]) } },
            takesPart: attacked.flatMap(\.takesPart), shadows: shadows, targets: targets,
            claimedEpsilon: claimedEpsilon, delta: delta, confidence: confidence)
    }

    private init(
        scores: [Double], takesPart: [Bool], shadows: Int, targets: Int, claimedEpsilon: Double, delta: Double,
        confidence: Double
    ) {
        let found = MembershipGuesses(scores: scores, takesPart: takesPart, claimedEpsilon: claimedEpsilon)
        self.claimedEpsilon = claimedEpsilon
        self.delta = delta
        self.confidence = confidence
        shadowModels = shadows
        targetModels = targets
        canaries = scores.count / targets
        guesses = found.guesses
        correct = found.correct
        lowerBound = found.bound(delta: delta, confidence: confidence)
        reach = found.bound(delta: delta, confidence: confidence, allCorrect: true)
        holds = lowerBound <= claimedEpsilon
        let curve = receiverOperatingCurve(scores: scores, positives: takesPart)
        func rate(_ falsePositives: Double) -> Double {
            curve.last { $0.falsePositiveRate <= falsePositives }?.truePositiveRate ?? 0
        }
        areaUnderCurve = ModelTraining.areaUnderCurve(scores: scores, positives: takesPart) ?? 0.5
        truePositiveRateAtOnePercent = rate(0.01)
        truePositiveRateAtOneTenthPercent = rate(0.001)
    }

    /// Logit of the probability that a model gives to each image's label.
    private static func confidences(of model: [Float], on probes: TrainingSet) throws -> [Double] {
        try zip(probes.labels, predict(model, on: probes, specification: probes.specification)).map { label, row in
            let chance = min(1 - 1e-7, max(1e-7, Double(row[label])))
            return log(chance / (1 - chance))
        }
    }
}

/// Two normal distributions of a confidence, with and without the patient, of one common spread: few shadows tell means
/// far better than spreads.
private struct LikelihoodRatio {
    private let inside: Double
    private let outside: Double
    private let variance: Double

    init(inside: [Double], outside: [Double]) {
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
        let means = (mean(inside), mean(outside))
        // Where all shadows fell to one side there is nothing to compare with.
        (self.inside, self.outside) = inside.isEmpty || outside.isEmpty ? (0, 0) : means
        let squares =
            inside.reduce(0) { $0 + ($1 - means.0) * ($1 - means.0) }
            + outside.reduce(0) { $0 + ($1 - means.1) * ($1 - means.1) }
        variance = max(1e-12, squares / Double(max(1, inside.count + outside.count - 2)))
    }

    func score(_ confidence: Double) -> Double {
        let (near, far) = (confidence - inside, confidence - outside)
        return (far * far - near * near) / (2 * variance)
    }
}
