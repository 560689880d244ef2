import FederationFixtures
import HomomorphicEncryption
import Ledger
import PoisoningDefence
import Testing

@testable import Federation

@Suite struct AgreementTests {
    static func agreement(
        members: Int = 5, planned: Int? = nil, threshold: Int? = nil, corruptible: Int? = nil, names: [String]? = nil,
        sameKey: Bool = false, clipNorm: Double = 1, pipeline: String = "test"
    ) throws -> Agreement {
        let names = names ?? (0..<members).map { "hospital-\($0)" }
        let corruptible = corruptible ?? Agreement.defaultCorruptible(members: members)
        return try Agreement(
            name: "test",
            members: names.enumerated().map {
                Agreement.Member(name: $1, publicKey: [UInt8](repeating: sameKey ? 1 : UInt8($0), count: 32))
            },
            coordinatorKey: [UInt8](repeating: 99, count: 32),
            threshold: threshold ?? Agreement.defaultThreshold(members: members, corruptible: corruptible),
            corruptible: corruptible, rounds: 3, pipeline: pipeline, initialModel: modelDigestOf([0]),
            encryption: try EncryptionParameters(
                set: .tiny, dimension: 1217, members: planned ?? members, patientLevelPrivacy: false),
            clipNorm: clipNorm, privacy: nil, defence: .off, deadlines: TestFederation.deadlines)
    }

    /// Every n, c and t: taken exactly when no two accepted sets can both gather t, and c silent ones stop nothing.
    @Test(arguments: 2...11)
    func thresholdsAreTakenExactlyWhenTheyAreSafe(members: Int) throws {
        for corruptible in 0...members {
            for threshold in 0...members + 1 {
                let isSafe =
                    members >= 3 && 2 * threshold > members + corruptible && members - corruptible >= threshold
                let made = try? Self.agreement(members: members, threshold: threshold, corruptible: corruptible)
                let isTaken = made != nil
                #expect(isTaken == isSafe, "n = \(members), c = \(corruptible), t = \(threshold)")
            }
        }
    }

    @Test func whatDoesNotFitIsRefused() throws {
        let cases: [() throws -> Agreement] = [
            { try Self.agreement(names: ["a", "b", "c", "d", "a"]) }, { try Self.agreement(sameKey: true) },
            { try Self.agreement(planned: 6) }, { try Self.agreement(clipNorm: 0) },
            { try Self.agreement(clipNorm: .nan) }, { try Self.agreement(clipNorm: .infinity) },
            { try Self.agreement(corruptible: -1) },
        ]
        for make in cases {
            let error = #expect(throws: FederationError.self) { try make() }
            #expect(error?.code == .agreement)
        }
    }

    @Test func equalAgreementsHaveEqualDigestsAndOthersDoNot() throws {
        let agreement = try Self.agreement()
        #expect(try agreement.digest == Self.agreement().digest)
        let others = [
            try Self.agreement(pipeline: "test "), try Self.agreement(clipNorm: 1.0.nextUp),
            try Self.agreement(members: 6),
            try Self.agreement(names: ["hospital-1", "hospital-0", "hospital-2", "hospital-3", "hospital-4"]),
        ]
        let digests = try ([agreement] + others).map { try $0.digest }
        #expect(Set(digests).count == digests.count)
        #expect(Set(try ([agreement] + others).map { try $0.federation }).count == digests.count)
    }

    @Test func smallestAcceptedSetFollowsTheProtocol() throws {
        for (members, smallest) in [(3, 2), (4, 3), (5, 3), (7, 4), (10, 6)] {
            #expect(try Self.agreement(members: members).minimumAccepted == smallest)
        }
    }

    @Test func rolesRefuseAnotherAgreementsKeysAndModels() throws {
        let given = try TestFederation()
        #expect(throws: FederationError.self) {
            try Hospital(
                agreement: given.agreement, member: 0, identity: given.identities[1],
                initialModel: given.initialModel, recipientKeys: [])
        }
        #expect(throws: FederationError.self) {
            try Hospital(
                agreement: given.agreement, member: 5, identity: given.identities[1],
                initialModel: given.initialModel, recipientKeys: [])
        }
        #expect(throws: FederationError.self) {
            try Hospital(
                agreement: given.agreement, member: 0, identity: given.identities[0], initialModel: [1],
                recipientKeys: [])
        }
        #expect(throws: FederationError.self) {
            try Coordinator(
                agreement: given.agreement, identity: given.identities[0], initialModel: given.initialModel)
        }
    }
}
