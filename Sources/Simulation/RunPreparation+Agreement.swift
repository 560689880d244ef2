import Federation
import Foundation
import HomomorphicEncryption
import Ledger
import MedicalImaging
import ModelTraining
import PoisoningDefence

extension RunPreparation {
    /// L2 bound of an update by model: above what honest training produces (measured), so that clipping is rare.
    static func clipNorm(for kind: ModelKind) -> Double {
        switch kind {
        case .cnn: 10
        case .scattering: 400
        }
    }

    /// A tenth of the usual tolerance: clip norms lie well above what honest training produces, and rounding is
    /// measured against them.
    static let roundingMillionths = 1000

    /// Phase deadlines of the simulated federation, in simulated time.
    static let deadlines = PhaseDeadlines(
        commitMilliseconds: 600_000, revealMilliseconds: 60_000, sketchMilliseconds: 60_000,
        verdictMilliseconds: 60_000, sumMilliseconds: 60_000, reportMilliseconds: 60_000, voteMilliseconds: 60_000)

    static func agreement(
        _ options: SimulationOptions, _ specification: ModelSpecification, _ configuration: TrainingConfiguration,
        _ terms: PrivacyTerms?, images: ImageSet, initialModel: [Float], coordinator: Identity, identities: [Identity]
    ) throws -> Agreement {
        let encryption = try EncryptionParameters.plan(
            dimension: specification.parameterCount, members: options.hospitals, patientLevelPrivacy: terms != nil,
            roundingTolerance: try RoundingTolerance(millionths: roundingMillionths))
        return try Agreement(
            name: "cordon-simulation-\(options.seed)",
            members: identities.map { Agreement.Member(name: $0.name, publicKey: $0.publicKey) },
            coordinatorKey: coordinator.publicKey, threshold: options.threshold, corruptible: options.corruptible,
            rounds: UInt32(options.rounds),
            pipeline: try pipeline(specification, configuration, images: images),
            initialModel: modelDigestOf(initialModel), encryption: encryption,
            clipNorm: clipNorm(for: specification.kind), privacy: terms,
            defence: options.isDefenceOn
                ? .standard(members: options.hospitals, corruptible: options.corruptible)
                : .undefended,
            deadlines: deadlines)
    }

    /// Canonical text of everything that makes a parameter vector mean the same at every hospital.
    private static func pipeline(
        _ specification: ModelSpecification, _ configuration: TrainingConfiguration, images: ImageSet
    ) throws -> String {
        struct Pipeline: Encodable {
            let model: ModelSpecification
            let training: TrainingConfiguration
            let normalisation: Normalisation
            let classes: [String]
            /// Digest of how files became samples.
            let preprocessing: String
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let pipeline = Pipeline(
            model: specification, training: configuration, normalisation: .standard, classes: images.classNames,
            preprocessing: try images.preprocessing.hexadecimalDigest)
        return String(decoding: try encoder.encode(pipeline), as: UTF8.self)
    }
}
