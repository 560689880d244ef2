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
        for (name, result) in try await town.enrolAll(over: DeskLink(town.coordinator)) {
            #expect(try result.get()?.isInForce == true, "\(name)")
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
    /// from its directory for each.
    @Test(arguments: DeskLink.Fault.allCases)
    func aDeathAroundAnyMessageChangesNothing(kind: DeskLink.Fault) async throws {
        for number in 1...8 {
            let town = try TestTown()
            let link = DeskLink(town.coordinator, fault: (number, kind))
            var dead = 0
            let first = Task { try await town.enrolAll(over: link) }
            // Without the dead hospital the others wait for ever: it is started again beside them.
            var restarted = false
            while !restarted {
                try await Task.sleep(for: .milliseconds(2))
                restarted = link.count >= number + 3
            }
            let second = try await town.enrolAll(over: DeskLink(town.coordinator))
            for (_, result) in try await first.value {
                if case .failure(let error) = result {
                    #expect(error is CancellationError)
                    dead += 1
                }
            }
            for (name, result) in second { #expect(try result.get()?.isInForce == true, "\(name)") }
            let dies = kind == .deathBefore || kind == .deathAfter
            #expect(dead == (dies ? 1 : 0), "message \(number)")
            try expectFounded(town)
        }
    }

    /// All signatures are in the registry, and the machine stops before the agreement is written.
    @Test func aCoordinatorThatDiedBeforeWritingTheAgreementWritesIt() async throws {
        let town = try TestTown()
        _ = try await town.enrolAll(over: DeskLink(town.coordinator))
        let agreement = try #require(try town.coordinator.agreementInForce())
        for file in [town.coordinator.agreementFiles.agreementPath, town.coordinator.agreementFiles.signaturesPath] {
            try FileManager.default.removeItem(atPath: file)
        }
        let desk = try EnrolmentDesk(directory: town.coordinator)
        #expect(desk.agreementInForce == agreement)
        #expect(try town.coordinator.agreementInForce() == agreement)
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
        for (_, result) in try await town.enrolAll(over: DeskLink(town.coordinator)) {
            let error = #expect(throws: SetupError.self) { try result.get() }
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
        async let others = (town.enrolment("south", over: link).run(), town.enrolment("west", over: link).run())
        _ = try await town.enrolment("north", over: link, lines: lines).run()
        _ = try await others
        #expect(lines.all.contains { $0.contains("90 s apart") })
    }
}
