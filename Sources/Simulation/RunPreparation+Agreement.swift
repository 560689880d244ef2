import Federation
import FederationSetup
import Ledger
import MedicalImaging
import ModelTraining
import PoisoningDefence

extension RunPreparation {
    /// Phase deadlines of the simulated federation, in simulated time.
    static let deadlines = PhaseDeadlines(
        commitMilliseconds: 600_000, revealMilliseconds: 60_000, sketchMilliseconds: 60_000,
        verdictMilliseconds: 60_000, sumMilliseconds: 60_000, reportMilliseconds: 60_000, voteMilliseconds: 60_000)

    static func agreement(
        _ options: SimulationOptions, _ pipeline: TrainingPipeline, _ terms: PrivacyTerms?, coordinator: Identity,
        identities: [Identity]
    ) throws -> Agreement {
        let plan = AgreementPlan(
            name: "cordon-simulation-\(options.seed)", threshold: options.threshold, corruptible: options.corruptible,
            rounds: options.rounds, pipeline: pipeline, privacy: terms,
            defence: options.isDefenceOn
                ? try pipeline.standardDefence(members: options.hospitals, corruptible: options.corruptible)
                : .undefended,
            deadlines: deadlines)
        return try plan.agreement(
            members: identities.map { Agreement.Member(name: $0.name, publicKey: $0.publicKey) },
            coordinatorKey: coordinator.publicKey)
    }
}
