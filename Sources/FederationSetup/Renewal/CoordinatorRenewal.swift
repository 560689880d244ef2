package import Federation
import Foundation
import Ledger
import ModelTraining
package import RingArithmetic
import SQLiteStorage

/// What becomes of a federation's members when its coordinator renews the agreement.
package struct CoordinatorRenewal: Sendable {
    package let predecessor: Predecessor
    /// Members that stay with the key they have; each signs with `cordon hospital renew`.
    package let staying: [String]
    package let leaving: [String]
    /// One token for each hospital that is new, or comes with a new key.
    package let tokens: [JoinToken]
}

extension CoordinatorDirectory {
    /// Ends the agreement in force and prepares the one after it, as `coordinator.yaml` says now: members that are in
    /// both stay, others are invited. The model is carried over.
    ///
    /// - Parameter rotating: members whose identity is to be replaced.
    /// - Throws: `SetupError` where there is nothing to go on from, `coordinator serve` runs, or the model changes.
    package func renew(
        rotating: [String], at now: Instant, using rng: inout some CryptographicGenerator
    ) throws -> CoordinatorRenewal {
        let archive = EpochArchive(directory: path)
        try archive.finish()
        let configuration = try configuration()
        guard let former = try agreementInForce()?.agreement else {
            throw SetupError(.usage, "\(path) holds no agreement in force: there is nothing to renew")
        }
        let before = Set(former.members.map(\.name))
        if let stranger = rotating.first(where: { !before.contains($0) || !configuration.hospitals.contains($0) }) {
            throw SetupError(
                .usage, "\(printable(stranger)) is not a member both before and after: there is no key to rotate")
        }
        let plan = try configuration.plan
        let pipeline = try TrainingPipeline(canonicalText: former.pipeline)
        guard plan.pipeline.model == pipeline.model, plan.pipeline.classes == pipeline.classes else {
            throw SetupError(
                .configuration,
                "\(configurationPath) asks for another model or other classes than the agreement in force: the model "
                    + "cannot be carried over. Set them back, or found a new federation with cordon coordinator init.")
        }
        let parameters = try lastModel(of: former, pipeline)
        let ledger = try EndedLedger(
            LedgerAudit.storedRecords(directory: NodeFiles(directory: path).ledgerDirectory), of: former)
        let predecessor = try Predecessor(of: ledger, parameters: parameters)
        let staying = former.members.filter {
            configuration.hospitals.contains($0.name) && !rotating.contains($0.name)
        }
        try Files.makeFolder(archive.next)
        try StartingModel(directory: archive.next).keep(parameters, specification: pipeline.model)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try locked {
            try Files.write([UInt8](try encoder.encode(predecessor)), to: predecessorPath)
            try replaceRegistry(by: EnrolmentRegistry(continuing: staying, at: now))
            try archive.replace(former.federation)
        }
        let names = staying.map(\.name)
        return CoordinatorRenewal(
            predecessor: predecessor, staying: names,
            leaving: former.members.map(\.name).filter { !configuration.hospitals.contains($0) },
            tokens: try configuration.hospitals.filter { !names.contains($0) }.map {
                try invite($0, at: now, using: &rng)
            })
    }

    /// The model that the coordinator has now, from its journal and chunks.
    private func lastModel(of agreement: Agreement, _ pipeline: TrainingPipeline) throws -> [Float] {
        let files = NodeFiles(directory: path)
        let journal: EventJournal
        do {
            journal = try files.journal(of: identity().name, in: agreement.federation)
        } catch let error as StorageError where error.code == .cannotOpen {
            throw SetupError(.usage, "\(error.message). Stop cordon coordinator serve first.")
        }
        defer { try? journal.close() }
        guard let snapshot = try journal.snapshot().map(CoordinatorSnapshot.init(bytes:)) else {
            throw SetupError(.usage, "no round has ended: there is nothing to go on from")
        }
        if let model = try snapshot.publishedModel(from: BlobDirectory(directory: files.ledgerDirectory)) {
            return model
        }
        guard let model = try StartingModel(directory: path).parameters(of: agreement, pipeline) else {
            throw SetupError(.missing, "\(path)/\(StartingModel.fileName) is missing or altered; restore it.")
        }
        return model
    }
}
