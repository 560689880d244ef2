import Federation
import Foundation
import Ledger
import RingArithmetic
import Testing

@testable import FederationSetup

@Suite("The coordinator's desk")
struct EnrolmentTests {
    private func reply(_ town: TestTown, _ request: SignedEnrolmentRequest, at now: Instant = TestTown.now) throws
        -> EnrolmentReply
    {
        var desk = try EnrolmentDesk(directory: town.coordinator)
        return try desk.receive(request, at: now)
    }

    private func refusal(_ reply: EnrolmentReply) -> EnrolmentRefusal.Code? {
        guard case .refusal(let refusal) = reply else { return nil }
        return refusal.code
    }

    @Test func whoMayNotJoinIsToldWhy() throws {
        let town = try TestTown()
        let store = try TestStore.shared.get()
        let stranger = try TestTown.hospital("stranger", at: "\(town.folder.path)/stranger", store: store)
        let site = try town.hospital("north").site()
        let later = TestTown.now + 15 * 86_400_000
        let cases: [(EnrolmentRefusal.Code, SignedEnrolmentRequest, Instant)] = [
            (.wrongSecret, try town.joinRequest("north", secret: [UInt8](repeating: 1, count: 32)), TestTown.now),
            (.wrongSecret, try town.joinRequest("north", secret: []), TestTown.now),
            (.wrongSecret, try town.joinRequest("north", secret: town.token("south").secret), TestTown.now),
            (
                .unknownName, try town.joinRequest("east", secret: town.token("north").secret, by: stranger),
                TestTown.now
            ),
            (.expired, try town.joinRequest("north"), later),
            (
                .pipelineDiffers,
                try town.joinRequest(
                    "north", site: SitePipeline(preprocessing: String(repeating: "0", count: 64), classes: site.classes)
                ),
                TestTown.now
            ),
            (
                .pipelineDiffers,
                try town.joinRequest(
                    "north", site: SitePipeline(preprocessing: site.preprocessing, classes: site.classes.reversed())),
                TestTown.now
            ),
            (
                .notJoined,
                try SignedEnrolmentRequest(
                    .fetchAgreement, to: town.token("north").coordinatorKey, by: stranger.identity()), TestTown.now
            ),
        ]
        for (code, request, instant) in cases {
            #expect(refusal(try reply(town, request, at: instant)) == code)
            #expect(try town.coordinator.registry().members.isEmpty)
        }
    }

    @Test func aTokenWorksOnceAndRepeatingItIsHarmless() throws {
        let town = try TestTown()
        let store = try TestStore.shared.get()
        let thief = try TestTown.hospital("north", at: "\(town.folder.path)/thief", store: store)
        #expect(refusal(try reply(town, try town.joinRequest("north"))) == nil)
        let registry = try town.coordinator.registry()
        #expect(refusal(try reply(town, try town.joinRequest("north"))) == nil)
        #expect(refusal(try reply(town, try town.joinRequest("north"), at: TestTown.now + 99 * 86_400_000)) == nil)
        #expect(refusal(try reply(town, try town.joinRequest("north", by: thief))) == .tokenUsed)
        // The same identity under another name, and the other's token in hand.
        let second = try town.joinRequest("south", by: town.hospital("north"))
        #expect(refusal(try reply(town, second)) == .identityTaken)
        #expect(try town.coordinator.registry() == registry)
    }

    @Test func aTokenCanBeWithdrawnAndReplaced() throws {
        let town = try TestTown()
        var generator = SystemRandomNumberGenerator()
        try town.coordinator.withdraw("north")
        #expect(refusal(try reply(town, try town.joinRequest("north"))) == .withdrawn)
        let token = try town.coordinator.invite("north", at: TestTown.now, using: &generator)
        #expect(refusal(try reply(town, try town.joinRequest("north"))) == .wrongSecret)
        #expect(refusal(try reply(town, try town.joinRequest("north", secret: token.secret))) == nil)
        #expect(throws: SetupError.self) {
            try town.coordinator.invite("north", at: TestTown.now, using: &generator)
        }
        try town.coordinator.withdraw("north")
        #expect(try town.coordinator.registry().members.isEmpty)
        #expect(throws: SetupError.self) { try town.coordinator.withdraw("east") }
        #expect(throws: SetupError.self) {
            try town.coordinator.invite("east", at: TestTown.now, using: &generator)
        }
    }

    @Test func theSecretIsWrittenNowhere() throws {
        let town = try TestTown()
        let secret = try town.token("north").secret
        for name in try FileManager.default.subpathsOfDirectory(atPath: town.coordinator.path) {
            let bytes = try town.folder.bytes("coordinator/\(name)")
            #expect(bytes.firstRange(of: secret) == nil)
            #expect(bytes.firstRange(of: Array(hexadecimal(secret).utf8)) == nil)
            #expect(bytes.firstRange(of: Array(encodeBase64URL(secret).utf8)) == nil)
        }
    }

    @Test func alteredAndMisdirectedRequestsAreRefused() throws {
        let town = try TestTown()
        let good = try town.joinRequest("north")
        for position in good.content.indices {
            var content = good.content
            content[position] ^= 1
            let request = SignedEnrolmentRequest(
                content: content, publicKey: good.publicKey, signature: good.signature)
            #expect(refusal(try reply(town, request)) == .badSignature)
        }
        let elsewhere = try SignedEnrolmentRequest(
            .fetchAgreement, to: town.hospital("south").identity().publicKey, by: town.hospital("north").identity())
        #expect(refusal(try reply(town, elsewhere)) == .badSignature)
        let identity = try town.hospital("north").identity()
        let key = try town.token("north").coordinatorKey
        for content: [UInt8] in [[], [1], [2, 1], [1, 9], [1, 2, 0], [1, 1, 255, 255, 255, 255]] {
            var writer = ByteWriter()
            writer.append("cordon/enrolment/v1")
            writer.append(counted: key)
            writer.append(counted: content)
            let request = SignedEnrolmentRequest(
                content: content, publicKey: identity.publicKey, signature: try identity.sign(writer.bytes))
            #expect(refusal(try reply(town, request)) == .malformed)
        }
    }

    @Test func onlyTheDraftThatStandsIsSigned() async throws {
        let town = try TestTown()
        for name in TestTown.names { #expect(refusal(try reply(town, try town.joinRequest(name))) == nil) }
        let identity = try town.hospital("north").identity()
        let key = try town.token("north").coordinatorKey
        guard
            case .state(let state) = try reply(
                town, SignedEnrolmentRequest(.fetchAgreement, to: key, by: identity)), let json = state.agreement
        else {
            Issue.record("there is no draft though all have joined")
            return
        }
        let draft = try SignedAgreement(canonicalJSON: json)
        #expect(state.awaited.isEmpty && state.signatures.map(\.publicKey) == [key])
        let other = Digest.sha256([1])
        let signature = try AgreementSignature(of: draft.digest, by: identity)
        let requests: [(EnrolmentRequest, EnrolmentRefusal.Code?)] = [
            (
                .signAgreement(digest: other, signature: try AgreementSignature(of: other, by: identity).signature),
                .otherAgreement
            ),
            (.signAgreement(digest: draft.digest, signature: [UInt8](repeating: 0, count: 64)), .badSignature),
            (.signAgreement(digest: draft.digest, signature: signature.signature), nil),
            (.signAgreement(digest: draft.digest, signature: signature.signature), nil),
        ]
        for (request, code) in requests {
            #expect(refusal(try reply(town, SignedEnrolmentRequest(request, to: key, by: identity))) == code)
        }
        // A hospital that leaves takes the draft with it, and all signatures of it.
        try town.coordinator.withdraw("west")
        guard case .state(let after) = try reply(town, SignedEnrolmentRequest(.fetchAgreement, to: key, by: identity))
        else {
            Issue.record("a member is refused")
            return
        }
        #expect(after.agreement == nil && after.awaited == ["west"])
    }
}
