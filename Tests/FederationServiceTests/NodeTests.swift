import Federation
import FederationFixtures
import Foundation
import Ledger
import Synchronization
import Testing

@testable import FederationService

/// Real nodes over mutual TLS on the loopback interface.
@Suite("Nodes", .serialized)
struct NodeTests {
    @Test(.timeLimit(.minutes(3)))
    func everybodyEndsWithTheSameModelAndTheSameLedger() async throws {
        let federation = try LoopbackFederation()
        try await federation.run()
        #expect(federation.finalModels.count == 1)
        #expect(federation.models.withLock { $0.count } == 4)
        #expect(federation.reports.withLock { $0 } == [])
        let records = try federation.records
        let log = try TransparencyLog.replay(records, checks: federation.given.agreement.contractChecks)
        #expect(log.contract.publishedRounds.count == 2)
        for identity in federation.given.identities {
            let copy = try LedgerAuditRecords.read("\(federation.directory)/\(identity.name)/ledger")
            #expect(copy == records)
        }
        // Every hospital cosigned the checkpoint that was sealed.
        let policy = try WitnessPolicy(foundation: federation.given.agreement.foundation)
        let note = try LedgerAuditRecords.note("\(federation.directory)/coordinator/ledger")
        #expect(policy.cosigners(of: note) == federation.given.identities.map(\.name))
        #expect(try Checkpoint(text: note.text).size == records.count)
    }

    /// Stopped again and again in the middle of whatever they do, they come to the very same model.
    @Test(.timeLimit(.minutes(5)))
    func interruptionsChangeNothing() async throws {
        let calm = try LoopbackFederation()
        try await calm.run()
        let disturbed = try LoopbackFederation()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await LoopbackFederation.runInterrupted(after: [.seconds(4), .seconds(3)]) {
                    try await disturbed.runCoordinator()
                }
            }
            for member in disturbed.given.identities.indices {
                let pauses = (0..<3).map { Duration.milliseconds(900 + 700 * (member + $0)) }
                group.addTask {
                    try await LoopbackFederation.runInterrupted(after: pauses) {
                        try await disturbed.runHospital(member)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(calm.finalModels.count == 1)
        #expect(disturbed.finalModels == calm.finalModels)
        let log = try TransparencyLog.replay(
            disturbed.records, checks: disturbed.given.agreement.contractChecks)
        #expect(log.contract.publishedRounds.count == 2)
        // Every commitment stands once: nobody contributed twice.
        for round in log.contract.endedRounds { #expect(round.commitments.count == 3) }
    }

    /// Without its journal a party cannot know what it has said: it does not begin anew under the same name.
    @Test(.timeLimit(.minutes(3)))
    func aPartyThatLostItsJournalDoesNotStart() async throws {
        let federation = try LoopbackFederation(rounds: 1)
        try await federation.run()
        let name = federation.given.identities[0].name
        try FileManager.default.removeItem(atPath: "\(federation.directory)/\(name)/state")
        let error = await #expect(throws: ServiceError.self) { try await federation.runHospital(0) }
        #expect(error?.message.contains("took part already") == true)
    }
}
