package import Federation
import HomomorphicEncryption
package import Ledger
package import MedicalImaging
import ModelTraining
import Report

/// A run whose images are loaded and divided, and whose hospitals have their keys: ready, and nothing written yet.
package struct PreparedSimulation: Sendable {
    private let preparation: RunPreparation
    private let clock: WorkClock
    private let start: ContinuousClock.Instant
    private let progress: any ProgressReporter

    /// What the hospitals of this run agreed on.
    package var agreement: Agreement { preparation.agreement }

    /// The secret of a party's account on a chain: a function of the seed, as all secrets of a simulation.
    package func accountSecret(of author: Author) -> [UInt8] {
        RunPreparation.bytes(32, preparation.options.seed, "account of \(author)")
    }

    /// - Parameters:
    ///   - decoding: what decodes the image files of a folder or manifest.
    ///   - environment: searched for `CORDON_DATA` and the cache directory.
    /// - Throws: `ImagingError`, `SimulationError`, `FederationError` for options and data that make no federation.
    package init(
        _ options: SimulationOptions, decoding: SamplePreparation = .decoding, environment: [String: String],
        progress: any ProgressReporter
    ) throws {
        start = .now
        clock = WorkClock()
        self.progress = progress
        preparation = try RunPreparation(
            options, decoding: decoding, environment: environment, clock: clock, reporter: progress)
        preparation.announce(to: progress)
    }

    /// Runs a whole federation on this machine, real cryptography and all, and says what came of it.
    ///
    /// - Parameter storage: where ledger records and ciphertext chunks become durable.
    /// - Throws: `SimulationError`, `FederationError`, or what the storage throws.
    package func run(storage: RunStorage) async throws -> RunOutcome {
        let options = preparation.options
        let evaluation = ModelEvaluation(
            specification: preparation.specification, set: preparation.test,
            classNames: preparation.images.classNames, clock: clock)
        let observer = RunObserver(
            reporter: progress, rounds: options.rounds, names: preparation.identities.map(\.name),
            evaluate: { evaluation.scores(of: $0) })
        var federation = try SimulatedFederation(preparation, storage: storage)
        try await federation.run(observing: observer)
        let scores = await observer.scores()
        let federationSeconds = (ContinuousClock.now - start).seconds

        let model = observer.lastModel?.parameters ?? preparation.initialModel
        let metrics = try evaluation.metrics(of: model)
        let baselines = options.measuresBaselines ? try await measureBaselines(preparation, evaluation) : nil
        let log = federation.coordinator.log
        var note = try log.checkpoint(signedBy: preparation.coordinator)
        if options.ledger == .witnessed {
            note = try federation.cosigned(note, by: preparation.identities, reporting: progress)
        }
        try storage.ledger.save(checkpoint: note.encoded)
        let assembly = SummaryAssembly(
            preparation: preparation, federation: federation, scores: scores, metrics: metrics, model: model,
            baselines: baselines, federationSeconds: federationSeconds,
            totalSeconds: (ContinuousClock.now - start).seconds, checkpointNote: note.encoded)
        let summary = try assembly.summary()
        progress.report(.finished(seconds: summary.timing.totalSeconds))
        return RunOutcome(
            summary: summary, outputDirectory: options.outputDirectory, model: model,
            specification: preparation.specification, coordinator: preparation.coordinator, checkpoint: note)
    }
}

extension RunPreparation {
    /// What a person should know before the first round.
    fileprivate func announce(to progress: any ProgressReporter) {
        for note in images.notes { progress.report(.note(note)) }
        if images.isSynthetic {
            progress.report(
                .warning("THE IMAGES ARE SYNTHETIC, MADE ON THE SPOT: THIS RUN SAYS NOTHING ABOUT MEDICINE."))
        }
        let encryption = agreement.encryption
        progress.report(
            .note(
                "\(images.name): \(images.samples.count) images of \(images.imageSize) × \(images.imageSize) pixels, "
                    + "classes \(images.classNames.joined(separator: ", "))"))
        progress.report(
            .note(
                "\(options.hospitals) hospitals, any \(options.threshold) open a sum, up to \(options.corruptible) may "
                    + "be malicious; \(specification.kind.rawValue) with \(specification.parameterCount) parameters"))
        progress.report(
            .note(
                "encryption \(encryption.name): ring degree \(encryption.ringDegree), \(encryption.blocks) blocks, "
                    + "\(encryption.securityBits.quantum)-bit quantum security; an update is "
                    + "\(encryption.ciphertextBytes / 1024) KiB"))
        if let terms {
            progress.report(
                .note(
                    "privacy: every patient (ε = \(terms.epsilonBudget), δ = \(terms.delta)), noise multiplier "
                        + "\(terms.noiseMultiplier)"))
        }
        if !attackers.isEmpty, let attack = options.attack {
            let names = attackers.sorted().map(Self.hospitalName).joined(separator: ", ")
            progress.report(.warning("malicious: \(names) (\(attack.rawValue)); the others do not know"))
        }
    }
}

/// What each hospital reaches alone and what pooled data would reach, under the same training budget.
private func measureBaselines(_ preparation: RunPreparation, _ evaluation: ModelEvaluation) async throws
    -> RunSummary.Baselines
{
    let options = preparation.options
    let names = preparation.identities.map(\.name)
    let honest = names.indices.filter { !preparation.attackers.contains($0) }
    let sets = try honest.map { ($0, try preparation.cleanSet(of: [$0])) }
    let alone = try await withThrowingTaskGroup(of: (Int, RunSummary.Scores?).self) { group in
        for (hospital, set) in sets {
            group.addTask { (hospital, evaluation.scores(of: try preparation.trainCentrally(on: set, as: hospital))) }
        }
        return try await group.reduce(into: [Int: RunSummary.Scores]()) { $0[$1.0] = $1.1 }
    }
    let pooledSet = try preparation.cleanSet(of: honest)
    let pooled = evaluation.scores(of: try preparation.trainCentrally(on: pooledSet, as: options.hospitals))
    return RunSummary.Baselines(
        alone: honest.compactMap { hospital in
            alone[hospital].map { RunSummary.NamedScores(name: names[hospital], scores: $0) }
        },
        pooled: pooled)
}

extension RunPreparation {
    /// Training images of some hospitals in one place, without any attacker's changes.
    fileprivate func cleanSet(of hospitals: [Int]) throws -> TrainingSet {
        try TrainingSet(
            images, indices: hospitals.flatMap { shares[$0] }.sorted(), specification: specification,
            normalisation: .standard)
    }

    /// As many rounds as the federation has, without privacy: the most generous comparison.
    fileprivate func trainCentrally(on set: TrainingSet, as trainer: Int) throws -> [Float] {
        var model = initialModel
        for round in 0..<options.rounds {
            model = try trainLocally(
                from: model, on: set, specification: specification, configuration: configuration, round: round,
                rounds: options.rounds, seed: options.seed &* 1_000 &+ UInt64(trainer))
        }
        return model
    }
}
