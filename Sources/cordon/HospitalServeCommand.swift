import ArgumentParser
import Federation
import FederationService
import FederationSetup
import Foundation
import Ledger
import MedicalImaging
import ModelTraining
import Operations
import SQLiteStorage

/// `cordon hospital serve`: takes part in every round.
struct HospitalServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Take part in every round of the agreement in force.",
        discussion: """
            Opens the sealed store of hospital.yaml in memory, dials the coordinator, and trains, encrypts, checks and \
            votes round by round. Killed at any moment and started again, it goes on where it was, and never \
            contributes twice to a round. The model of each published round is written to DIR/model.safetensors, and \
            this hospital's own copy of the ledger lies in DIR/ledger. Ends when every agreed round has ended.

            EXAMPLES
              cordon hospital serve --dir site
              cordon hospital serve --dir site --operations 127.0.0.1:9465 --log json
            """)

    @Option(help: ArgumentHelp("Directory of the hospital.", valueName: "directory"))
    var dir: String

    @Option(
        help: ArgumentHelp(
            "For rehearsals only: make training and keys a function of this number, so that a run gives the same model "
                + "again. Protects nobody.", valueName: "number"))
    var insecureSeed: UInt64?

    @OptionGroup var node: NodeOptions

    func run() async throws {
        let directory = HospitalDirectory(dir)
        try EpochArchive(directory: dir).finish()
        let configuration = try directory.configuration()
        let identity = try directory.identity()
        guard let signed = try directory.agreementFiles.read(), signed.isInForce, let pin = try directory.pin() else {
            throw CommandFailure(
                .missingInput,
                "\(dir) holds no agreement in force: cordon hospital join TOKEN --dir \(dir)")
        }
        let objections = try directory.review(signed).objections
        guard objections.isEmpty else {
            throw CommandFailure(
                .checkFailed,
                "this hospital does not serve the agreement:"
                    + objections.map { "\n  - \($0.what): \($0.advice)" }.joined())
        }
        let agreement = signed.agreement
        let progress = NodeProgress(isQuiet: node.json)
        let log = node.log.log(label: "cordon.hospital")
        if insecureSeed != nil {
            StandardStreams.write(
                "warning: --insecure-seed: keys and noise of this run can be predicted; it protects nobody\n",
                to: .standardError)
        }
        let pipeline = try TrainingPipeline(canonicalText: agreement.pipeline)
        let trainer = try trainer(configuration, pipeline, agreement, identity)
        let metrics = NodeMetrics(role: "hospital", members: agreement.members.count)
        let keeper = ModelKeeper(directory: dir, specification: pipeline.model, federation: try agreement.federation)
        let address = try pin.serviceAddress()
        let coordinator = (host: address.host, port: address.port)
        let settings = TransportSettings(
            stallSeconds: configuration.stallSeconds, retrySecondsMax: configuration.retrySecondsMax)
        let start = StartingModel(directory: dir)
        var initialModel = try start.parameters(of: agreement, pipeline)
        if initialModel == nil {
            progress.say("fetching the model that the federation goes on from")
            let fetch = try StartingModelFetch(
                of: agreement, identity: identity, directory: dir, coordinator: coordinator, settings: settings,
                log: log, now: { Date() })
            initialModel = try await Termination.watch { try await fetch.run() }
            if let initialModel { try start.keep(initialModel, specification: pipeline.model) }
        }
        guard let initialModel else { return progress.say("stopped; start it again to go on") }
        let hospital = try HospitalNode(
            agreement: agreement, identity: identity, initialModel: initialModel,
            probes: pipeline.suspicionProbes(under: agreement), trainer: trainer,
            randomness: insecureSeed.map { .insecureSeed($0) } ?? .system, directory: dir, coordinator: coordinator,
            settings: settings, log: log, now: { Date() }
        ) { event in
            metrics.note(event)
            keeper.note(event)
            progress.tell(event)
        }
        let finished: Void? = try await Termination.watch {
            try await node.withOperations(metrics, isReady: { hospital.isConnected }, log: log) {
                try await hospital.run()
            }
        }
        if let failure = keeper.failure { throw failure }
        guard finished != nil else { return progress.say("stopped; start it again to go on") }
        try node.conclude(try LedgerAudit.storedRecords(directory: "\(dir)/ledger"), directory: dir, progress)
    }

    private func trainer(
        _ configuration: HospitalConfiguration, _ pipeline: TrainingPipeline, _ agreement: Agreement,
        _ identity: Identity
    ) throws -> SiteTrainer {
        guard let data = configuration.dataPath, let key = configuration.dataKeyPath else {
            throw CommandFailure(.missingInput, "hospital.yaml names no data and dataKey: there is nothing to train on")
        }
        let images = try loadImages(
            from: .path(data), key: StoreKeyFile(key), imageSize: pipeline.model.imageSize, seed: 0,
            preparation: try ImagesWorkerCommand.decoding
        ) { _, _ in }
        let member = agreement.members.firstIndex { $0.publicKey == identity.publicKey } ?? 0
        let seed = insecureSeed.map { SiteTrainer.seed(ofRun: $0, member: member) } ?? UInt64.random(in: .min ... .max)
        return try SiteTrainer(pipeline, rounds: Int(agreement.rounds), seed: seed, images: images)
    }
}
