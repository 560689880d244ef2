import ArgumentParser
import Federation
import FederationService
import FederationSetup
import Foundation
import Ledger
import ModelTraining
import Operations
import SQLiteStorage

/// `cordon coordinator serve`: takes hospitals in until all have signed, then runs the rounds.
struct CoordinatorServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Take hospitals in until all have signed, then run every round.",
        discussion: """
            Hospitals dial this port; nothing is dialled from here. Killed at any moment and started again, it goes on \
            where it was: everything is on the disk before anybody hears of it. Ends when every agreed round has ended \
            and every hospital has heard of it; the ledger in DIR/ledger is sealed then, and holds for whoever verifies.

            EXAMPLES
              cordon coordinator serve --dir coordinator
              cordon coordinator serve --dir coordinator --operations 127.0.0.1:9464 --log json
            """)

    @Option(help: ArgumentHelp("Directory of the coordinator.", valueName: "directory"))
    var dir: String

    @Flag(help: "Remove a round's ciphertexts when it is over. Sums can then not be recomputed by auditors.")
    var dropCiphertexts = false

    @OptionGroup var node: NodeOptions

    func run() async throws {
        LargeBlocks.giveBack()
        let directory = CoordinatorDirectory(dir)
        try EpochArchive(directory: dir).finish()
        let configuration = try directory.configuration()
        let identity = try directory.identity()
        let log = node.log.log(label: "cordon.coordinator")
        let progress = NodeProgress(isQuiet: node.json)
        let settings = TransportSettings(
            stallSeconds: configuration.stallSeconds, retrySecondsMax: configuration.retrySecondsMax)
        let desk = try EnrolmentDesk(directory: directory)
        let listen = configuration.listen
        progress.say("fingerprint \(Fingerprint(of: identity.publicKey))")
        let finished: Void? = try await Termination.watch {
            if !desk.awaited.isEmpty { progress.say("waiting for \(desk.awaited.joined(separator: ", "))") }
            let signed = try await EnrolmentServer(identity: identity, settings: settings, log: log, now: { Date() })
                .run(
                    desk, host: listen.host, port: listen.port
                ) { progress.say("hospitals join at port \($0)") }
            let agreement = signed.agreement
            progress.say("agreement \(signed.digest.hex) is in force")
            let metrics = NodeMetrics(role: "coordinator", members: agreement.members.count)
            let pipeline = try TrainingPipeline(canonicalText: agreement.pipeline)
            guard let initialModel = try StartingModel(directory: dir).parameters(of: agreement, pipeline)
            else {
                throw CommandFailure(
                    .missingInput,
                    "\(dir)/\(StartingModel.fileName) is missing, or is not the model that the agreement starts from: "
                        + "restore it")
            }
            let node = try CoordinatorNode(
                agreement: agreement, identity: identity, initialModel: initialModel,
                probes: pipeline.suspicionProbes(under: agreement), directory: directory.path, settings: settings,
                keepsCiphertexts: !dropCiphertexts, log: log, now: { Date() }
            ) { event in
                metrics.note(event)
                progress.tell(event)
            }
            guard !node.isSealed else {
                return progress.say("every round has ended; the ledger is sealed")
            }
            let service = EnrolmentService(
                desk: try EnrolmentDesk(directory: directory), log: log, now: { Date() }, whenInForce: { _ in })
            try await self.node.withOperations(metrics, isReady: { true }, log: log) {
                try await node.run(host: listen.host, port: listen.port, enrolment: service) {
                    progress.say("serving at port \($0)")
                }
            }
        }
        guard finished != nil else { return progress.say("stopped; start it again to go on") }
        let records = try LedgerAudit.storedRecords(directory: "\(dir)/ledger")
        try node.conclude(records, directory: dir, progress)
    }
}
