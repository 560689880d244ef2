import Foundation
import Ledger
import ModelTraining
import Testing

@testable import Federation
@testable import FederationSetup

@Suite("An agreement that goes on from another")
struct RenewalTests {
    private typealias Review = AgreementReviewTests

    private static func digest(_ number: UInt8) -> Digest { Digest.sha256([number]) }

    private static func ledger(
        root: Digest = digest(2), model: Digest = digest(3), opened: Int = 3
    ) throws -> EndedLedger {
        EndedLedger(
            federation: try Review.draft().agreement().federation, size: 40, root: root, model: model, endedRounds: 3,
            openedRounds: opened)
    }

    /// A draft after the federation of `Review.draft()`.
    private static func draft(_ noisy: Bool = true) throws -> Review.Draft {
        var draft = try Review.draft(epsilon: noisy ? 4 : 8)
        draft.initialModel = digest(3)
        draft.predecessor = Predecessor(
            federation: try ledger().federation, ledgerSize: 40, ledgerRoot: digest(2), model: digest(3),
            modelChunks: [digest(4)])
        return draft
    }

    private static func former(_ ledger: EndedLedger, epsilon: Double = 4) throws -> FormerFederation {
        FormerFederation(agreement: try Review.draft(epsilon: epsilon).agreement(), ledger: ledger)
    }

    @Test func whoWasNoMemberTakesTheOthersWord() throws {
        #expect(try Review.objections(Self.draft()).isEmpty)
    }

    @Test func aMemberComparesLedgerAndModelWithItsOwn() throws {
        let draft = try Self.draft()
        #expect(try Review.objections(draft, former: [Self.former(Self.ledger())]).isEmpty)
        let other = try Review.objections(draft, former: [Self.former(Self.ledger(root: Self.digest(9)))])
        #expect(other.count == 1 && other[0].what.contains("ended with 40 ledger entries of root"))
        let model = try Review.objections(draft, former: [Self.former(Self.ledger(model: Self.digest(9)))])
        #expect(model.count == 1 && model[0].what.contains("another model"))
    }

    /// ε adds up over federations: a limit that each keeps may be broken by both.
    @Test func whatPrivacyCostBeforeCounts() throws {
        let before = try Self.former(Self.ledger(), epsilon: 8)
        let objections = try Review.objections(Self.draft(false), former: [before])
        #expect(objections.count == 1 && objections[0].what.contains("1 federations before it"))
        // A round that was never opened has cost nothing.
        let idle = try Self.former(Self.ledger(opened: 0), epsilon: 8)
        #expect(try Review.objections(Self.draft(false), former: [idle]).isEmpty)
    }

    @Test func anAgreementNamesWhatItGoesOnFrom() throws {
        let agreement = try Self.draft().agreement()
        let read = try Agreement(canonicalJSON: agreement.canonicalJSON)
        #expect(read == agreement && read.predecessor == agreement.predecessor)
        var draft = try Self.draft()
        draft.predecessor = nil
        #expect(try draft.agreement().digest != agreement.digest)
        #expect(String(decoding: try draft.agreement().canonicalJSON, as: UTF8.self).contains("predecessor") == false)
        draft = try Self.draft()
        draft.initialModel = Self.digest(5)
        #expect(throws: FederationError.self) { try draft.agreement() }
    }

    /// Interrupted after any of its steps, the replacement is finished by whoever opens the directory next.
    @Test(arguments: 0..<6)
    func anInterruptedReplacementIsFinished(steps: Int) throws {
        let folder = try TestFolder()
        for name in ["agreement.json", "agreement.signatures", "ledger/entries", "state/keys"] {
            try folder.write(name, "old")
        }
        for name in ["agreement.json", "agreement.signatures", "start.safetensors"] {
            try folder.write("next/\(name)", "new")
        }
        let name = String(Self.digest(7).hex.prefix(16))
        try folder.write("epochs/pending", name)
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/epochs/\(name)", withIntermediateDirectories: true)
        let moves = [
            ("agreement.json", "epochs/\(name)/agreement.json"),
            ("agreement.signatures", "epochs/\(name)/agreement.signatures"), ("ledger", "epochs/\(name)/ledger"),
            ("next/agreement.json", "agreement.json"), ("next/agreement.signatures", "agreement.signatures"),
        ]
        for (source, target) in moves.prefix(steps) {
            try FileManager.default.moveItem(atPath: "\(folder.path)/\(source)", toPath: "\(folder.path)/\(target)")
        }
        let archive = EpochArchive(directory: folder.path)
        try archive.finish()
        try archive.finish()
        for name in ["agreement.json", "agreement.signatures", "start.safetensors"] {
            #expect(try folder.bytes(name) == Array("new".utf8))
        }
        for file in ["agreement.json", "agreement.signatures", "ledger/entries"] {
            #expect(try folder.bytes("epochs/\(name)/\(file)") == Array("old".utf8))
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                == ["agreement.json", "agreement.signatures", "epochs", "start.safetensors"])
        #expect(try archive.archived == ["\(folder.path)/epochs/\(name)"])
    }

    @Test func aStartingModelThatWasAlteredIsNone() throws {
        let folder = try TestFolder()
        let pipeline = try Review.pipeline()
        let model = try pipeline.initialModel.map { $0 + 1 }
        var draft = try Self.draft()
        draft.initialModel = modelDigestOf(model)
        draft.predecessor = Predecessor(
            federation: Self.digest(1), ledgerSize: 40, ledgerRoot: Self.digest(2), model: modelDigestOf(model),
            modelChunks: [Self.digest(4)])
        let start = StartingModel(directory: folder.path)
        #expect(try start.parameters(of: draft.agreement(), pipeline) == nil)
        try start.keep(model, specification: pipeline.model)
        #expect(try start.parameters(of: draft.agreement(), pipeline) == model)
        try start.keep(pipeline.initialModel, specification: pipeline.model)
        #expect(try start.parameters(of: draft.agreement(), pipeline) == nil)
        #expect(try start.parameters(of: Review.draft().agreement(), pipeline) == pipeline.initialModel)
    }

    @Test func nothingIsRenewedBeforeARoundHasEnded() async throws {
        let town = try TestTown()
        var generator = SystemRandomNumberGenerator()
        #expect(throws: SetupError.self) {
            try town.coordinator.renew(rotating: [], at: TestTown.now, using: &generator)
        }
        _ = try await town.enrolAll(over: DeskLink(town.coordinator))
        let before = try town.coordinator.agreementInForce()
        #expect(throws: SetupError.self) {
            try town.coordinator.renew(rotating: ["nobody"], at: TestTown.now, using: &generator)
        }
        #expect(throws: (any Error).self) {
            try town.coordinator.renew(rotating: [], at: TestTown.now, using: &generator)
        }
        #expect(try town.coordinator.agreementInForce() == before && before != nil)
    }
}
