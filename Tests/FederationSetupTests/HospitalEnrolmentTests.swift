import Federation
import Foundation
import Ledger
import RingArithmetic
import Testing

@testable import FederationSetup

@Suite("Joining, both ends against each other")
struct HospitalEnrolmentTests {
    private func expectFounded(_ town: TestTown) throws {
        let agreement = try #require(try town.coordinator.agreementInForce())
        #expect(agreement.agreement.members.map(\.name) == TestTown.names && agreement.missing.isEmpty)
        for name in TestTown.names {
            let own = try #require(try town.hospital(name).agreementFiles.read())
            #expect(own == agreement)
            #expect(try town.hospital(name).review(own).objections.isEmpty)
        }
    }

    @Test func threeHospitalsFoundAFederation() async throws {
        let town = try TestTown()
        for outcome in try await town.enrolAll(over: DeskLink(town.coordinator)) {
            #expect(try outcome.get()?.isInForce == true, "\(outcome.name)")
        }
        try expectFounded(town)
        // Everything is over: joining again changes nothing, and a new token is refused.
        let again = try await town.enrolment("north", over: DeskLink(town.coordinator)).run()
        #expect(again == (try town.coordinator.agreementInForce()))
        var generator = SystemRandomNumberGenerator()
        #expect(throws: SetupError.self) { try town.coordinator.invite("north", at: TestTown.now, using: &generator) }
        #expect(throws: SetupError.self) { try town.coordinator.withdraw("north") }
    }

    /// Death of the hospital and loss in the network around every message of a whole founding; the desk is opened anew
    /// from its directory for each. Who died is started again beside the others.
    @Test(arguments: DeskLink.Fault.allCases)
    func aDeathAroundAnyMessageChangesNothing(kind: DeskLink.Fault) async throws {
        for number in 1...8 {
            let town = try TestTown()
            let link = DeskLink(town.coordinator, fault: (number, kind))
            let revivals = Lines()
            let outcomes = try await town.enrolAll(over: link) { error, name in
                guard error is CancellationError else { return false }
                revivals.add(name)
                return true
            }
            for outcome in outcomes { #expect(try outcome.get()?.isInForce == true, "\(outcome.name)") }
            let dies = kind == .deathBefore || kind == .deathAfter
            #expect(revivals.all.count == (dies ? 1 : 0), "message \(number)")
            try expectFounded(town)
        }
    }

    /// All signatures are in the registry, and the machine stops before the agreement is written, or in between.
    @Test func aCoordinatorThatDiedBeforeWritingTheAgreementWritesIt() async throws {
        let town = try TestTown()
        _ = try await town.enrolAll(over: DeskLink(town.coordinator))
        let agreement = try #require(try town.coordinator.agreementInForce())
        let files = town.coordinator.agreementFiles
        for lost in [[files.signaturesPath], [files.signaturesPath, files.agreementPath]] {
            for file in lost { try FileManager.default.removeItem(atPath: file) }
            let desk = try EnrolmentDesk(directory: town.coordinator)
            #expect(desk.agreementInForce == agreement)
            #expect(try town.coordinator.agreementInForce() == agreement)
        }
        // Without the registry nobody knows the signatures.
        try FileManager.default.removeItem(atPath: files.signaturesPath)
        try FileManager.default.removeItem(atPath: "\(town.coordinator.path)/enrolment.json")
        let error = #expect(throws: SetupError.self) { try EnrolmentDesk(directory: town.coordinator) }
        #expect(error?.code == .malformed && error?.message.contains("from a hospital") == true)
    }

    @Test func whoeverWatchesIsToldWhoIsMissing() async throws {
        let town = try TestTown()
        let lines = Lines()
        let link = DeskLink(town.coordinator)
        let enrolment = try town.enrolment("north", over: link, lines: lines)
        let north = Task { try await enrolment.run() }
        while !lines.all.contains("waiting for south, west to join") { try await Task.sleep(for: .milliseconds(1)) }
        for name in ["south", "west"] {
            let other = try town.enrolment(name, over: link)
            Task { try await other.run() }
        }
        #expect(try await north.value?.isInForce == true)
        #expect(lines.all.first == "joined as north")
    }

    @Test func aHospitalSignsNothingBeyondItsLimits() async throws {
        let town = try TestTown(limits: ["epsilonMax": "4", "hospitalsMin": "5", "commitSecondsMin": "9000"])
        for outcome in try await town.enrolAll(over: DeskLink(town.coordinator)) {
            let error = #expect(throws: SetupError.self) { try outcome.get() }
            #expect(error?.code == .refused)
            for word in ["ε is 8.0", "agrees to 4.0", "hospitalsMin", "commitSecondsMin"] {
                #expect(error?.message.contains(word) == true, "\(word) is not in \(error?.message ?? "")")
            }
        }
        #expect(try town.coordinator.agreementInForce() == nil)
    }

    @Test func consentCanWait() async throws {
        let town = try TestTown()
        let link = DeskLink(town.coordinator)
        async let south = town.enrolment("south", over: link).run()
        async let west = town.enrolment("west", over: link).run()
        #expect(try await town.enrolment("north", over: link, consent: { _ in .later }).run() == nil)
        let directory = try town.hospital("north")
        let draft = try #require(try directory.agreementFiles.read())
        #expect(!draft.isSigned(by: try directory.identity().publicKey))
        _ = try directory.sign(draft)
        // Signed offline: nobody is asked any more.
        let joined = try await town.enrolment(
            "north", over: link,
            consent: { _ in
                Issue.record("a signed draft was asked about")
                return .later
            }
        ).run()
        #expect(joined?.isInForce == true)
        let others = try await [south, west]
        #expect(others.allSatisfy { $0?.digest == joined?.digest })
    }

    @Test func anotherCoordinatorsTokenIsRefusedOnceOneIsPinned() async throws {
        let town = try TestTown()
        let other = try TestTown()
        _ = try await town.enrolAll(over: DeskLink(town.coordinator))
        let enrolment = try town.enrolment(
            "north", over: DeskLink(other.coordinator), token: try other.token("north"))
        let error = await #expect(throws: SetupError.self) { try await enrolment.run() }
        #expect(error?.code == .refused && error?.message.contains("fingerprint") == true)
        let misdirected = try town.enrolment(
            "south", over: DeskLink(other.coordinator), token: try other.token("north"))
        #expect(await #expect(throws: SetupError.self) { try await misdirected.run() }?.code == .usage)
    }

    @Test func clocksThatAreApartAreToldOf() async throws {
        let town = try TestTown()
        let lines = Lines()
        let link = DeskLink(town.coordinator, now: TestTown.now + 90_000)
        async let south = town.enrolment("south", over: link).run()
        async let west = town.enrolment("west", over: link).run()
        _ = try await town.enrolment("north", over: link, lines: lines).run()
        _ = try await [south, west]
        #expect(lines.all.contains { $0.contains("90 s apart") })
    }
}
