package import Federation
import HomomorphicEncryption
import Ledger
package import ModelTraining
package import PoisoningDefence

/// What a federation is to agree on, before its members' keys are known. Simulated and real federations draft alike.
package struct AgreementPlan: Sendable {
    package let name: String
    /// `t`.
    package let threshold: Int
    /// `c`.
    package let corruptible: Int
    package let rounds: Int
    package let pipeline: TrainingPipeline
    package let privacy: PrivacyTerms?
    package let defence: DefencePolicy
    package let deadlines: PhaseDeadlines
    /// What the federation goes on from, with the model that it left; nil where it begins.
    package var predecessor: Predecessor?

    /// δ of the guarantee where nobody asks for another.
    package static let standardDelta = 1e-5

    /// A tenth of the usual tolerance: clip norms lie well above what honest training produces, and rounding is
    /// measured against them.
    static let roundingMillionths = 1000

    package init(
        name: String, threshold: Int, corruptible: Int, rounds: Int, pipeline: TrainingPipeline,
        privacy: PrivacyTerms?, defence: DefencePolicy, deadlines: PhaseDeadlines
    ) {
        self.name = name
        self.threshold = threshold
        self.corruptible = corruptible
        self.rounds = rounds
        self.pipeline = pipeline
        self.privacy = privacy
        self.defence = defence
        self.deadlines = deadlines
    }

    /// The agreement among these members, its encryption planned.
    ///
    /// - Throws: `FederationError(.agreement)`, or `EncryptionError` when no plan fits.
    package func agreement(members: [Agreement.Member], coordinatorKey: [UInt8]) throws -> Agreement {
        let encryption = try encryption(members: members.count)
        return try Agreement(
            name: name, members: members, coordinatorKey: coordinatorKey, threshold: threshold,
            corruptible: corruptible, rounds: UInt32(rounds), pipeline: try pipeline.canonicalText,
            initialModel: try predecessor?.model ?? modelDigestOf(pipeline.initialModel), encryption: encryption,
            clipNorm: Self.clipNorm(for: pipeline.model.kind), privacy: privacy, defence: defence,
            deadlines: deadlines, predecessor: predecessor)
    }

    /// - Throws: `EncryptionError` when no encryption fits so many members.
    func checkEncryption(members: Int) throws { _ = try encryption(members: members) }

    private func encryption(members: Int) throws -> EncryptionParameters {
        try EncryptionParameters.plan(
            dimension: pipeline.model.parameterCount, members: members, patientLevelPrivacy: privacy != nil,
            coordinates: privacy != nil && defence.triggers != nil
                ? EncryptionParameters.coordinatesUnderPrivacy : nil,
            roundingTolerance: try RoundingTolerance(millionths: Self.roundingMillionths))
    }

    /// L2 bound of an update by model: above what honest training produces (measured), so that clipping is rare.
    static func clipNorm(for kind: ModelKind) -> Double {
        switch kind {
        case .cnn: 10
        case .scattering, .scattering2: 400
        }
    }
}

extension PrivacyTerms {
    /// The terms under which hospitals train so.
    package init(_ training: PrivacyConfiguration, epsilonBudget: Double, delta: Double) {
        self.init(
            epsilonBudget: epsilonBudget, delta: delta, noiseMultiplier: training.noiseMultiplier,
            samplingRate: training.samplingRate, stepsPerRound: training.stepsPerRound,
            patientClipNorm: training.clipNorm, expectedPatients: training.expectedPatients)
    }
}
