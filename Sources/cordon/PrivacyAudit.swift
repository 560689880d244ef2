import DifferentialPrivacy
import Foundation
import MedicalImaging
import ModelTraining
import RingArithmetic

/// What attacks found of this program's privacy, against what is claimed of it.
struct PrivacyAudit: Encodable {
    let claimedEpsilon: Double
    let delta: Double
    /// The largest ε that an attack refuted.
    let lowerBound: Double
    /// Chance that an honest program passes all attacks, at least.
    let confidence: Double
    let holds: Bool
    let noise: CanaryAudit
    /// Nil where no model was to be trained.
    let membership: MembershipAudit?

    private static let confidence = 0.95

    init(_ settings: PrivacyAuditCommand) throws {
        let claim = settings.claim ?? settings.epsilon
        let each = settings.shadows > 0 ? (1 + Self.confidence) / 2 : Self.confidence
        var privacy = PrivacyConfiguration.scattering(noiseMultiplier: 0, expectedPatients: settings.canaries)
        privacy.samplingRate = settings.samplingRate
        privacy.noiseMultiplier = try calibratedNoiseMultiplier(
            epsilon: settings.epsilon, delta: settings.delta, samplingRate: settings.samplingRate,
            steps: settings.steps)
        var generator = SystemRandomNumberGenerator()
        noise = try CanaryAudit.run(
            NoisySum.self, privacy: privacy, steps: settings.steps, claimedEpsilon: claim, delta: settings.delta,
            canaries: settings.canaries, confidence: each, using: &generator)
        membership =
            settings.shadows > 0
            ? try Self.membership(settings, claim: claim, confidence: each, using: &generator) : nil
        claimedEpsilon = claim
        delta = settings.delta
        lowerBound = max(noise.lowerBound, membership?.lowerBound ?? 0)
        confidence = Self.confidence
        holds = noise.holds && membership?.holds != false
    }

    /// Synthetic radiographs, so that nothing of an audit's output is anybody's: the settings of `simulate`, one
    /// hospital.
    private static let images = 1_000
    private static let imageSeed: UInt64 = 0xA0D1_7002
    private static let rounds = 20

    private static func membership(
        _ settings: PrivacyAuditCommand, claim: Double, confidence: Double,
        using generator: inout SystemRandomNumberGenerator
    ) throws -> MembershipAudit {
        let images = try makeSyntheticRadiographs(count: images, imageSize: 64, seed: imageSeed)
        let specification = try ModelSpecification(
            kind: .scattering2, imageSize: 64, classCount: images.classNames.count)
        let set = try TrainingSet(
            images, indices: Array(images.samples.indices), specification: specification, normalisation: .standard)
        let canaries = set.patients.indices.filter { $0 % 2 == 0 }
        let privacy = try PrivacyConfiguration.calibrated(
            for: specification.kind, epsilon: settings.epsilon, delta: settings.delta, rounds: rounds,
            expectedPatients: set.patients.count - canaries.count / 2)
        return try MembershipAudit.run(
            on: set, canaries: canaries, shadows: settings.shadows, targets: settings.shadows, claimedEpsilon: claim,
            delta: settings.delta, confidence: confidence, using: &generator
        ) { chosen, generator in
            var model = try specification.initialParameters(seed: 1)
            for round in 0..<rounds {
                model = try trainPrivately(
                    from: model, on: chosen, specification: specification, privacy: privacy, round: round,
                    rounds: rounds, using: &generator)
            }
            return model
        }
    }

    var text: String {
        var lines = [
            "claimed      ε = \(figure(claimedEpsilon)) at δ = \(delta)",
            "proved       ε ≥ \(figure(lowerBound)) at \(Int(confidence * 100)) % confidence",
            "",
            "noise        ε ≥ \(figure(noise.lowerBound)): one-run bound \(figure(noise.oneRunBound))"
                + (noise.gaussianBound.map { ", Gaussian bound \(figure($0))" } ?? ""),
            "             \(noise.canaries) canaries, \(noise.correct) of \(noise.guesses) guesses right; "
                + "at most \(figure(noise.reach)) could have been proved",
        ]
        if let membership {
            lines += [
                "membership   ε ≥ \(figure(membership.lowerBound)): \(membership.correct) of \(membership.guesses) "
                    + "guesses right; at most \(figure(membership.reach)) could have been proved",
                "             \(membership.targetModels) models attacked with \(membership.shadowModels) shadows, "
                    + "\(membership.canaries) mislabelled patients in each",
                "             found \(percent(membership.truePositiveRateAtOnePercent)) of members at 1 % false "
                    + "alarms, \(percent(membership.truePositiveRateAtOneTenthPercent)) at 0.1 %; "
                    + "AUC \(figure(membership.areaUnderCurve))",
            ]
        }
        lines += [
            "", holds ? "The claim is not refuted." : "THE CLAIM IS REFUTED: release nothing that this trains.", "",
        ]
        return lines.joined(separator: "\n")
    }

    private func figure(_ value: Double) -> String { String(format: "%.4f", value) }
    private func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
}
