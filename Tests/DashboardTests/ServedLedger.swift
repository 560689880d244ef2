import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Logging
import NIOCore
import SQLiteStorage

@testable import Dashboard

/// A ledger on disk that grows as its federation walks, and a dashboard over it.
final class ServedLedger {
    let folder: String
    let store: SQLiteLedgerStore
    var federation: TestFederation
    private var stored = 0

    static func newFolder() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("cordon-dashboard-\(UUID().uuidString)").path
    }

    init(_ federation: TestFederation, in folder: String = ServedLedger.newFolder()) throws {
        self.federation = federation
        self.folder = folder
        store = try SQLiteLedgerStore(directory: folder + "/ledger", durability: .atSeal)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var directory: String { folder + "/ledger" }

    /// Writes what the federation has said since the last time, and a signed checkpoint.
    func save() throws {
        let new = federation.log.records[stored...].map { ($0, $0.leafHash) }
        try store.append(new)
        stored += new.count
        try store.saveCheckpoint(note: try federation.log.checkpoint(signedBy: federation.coordinator).encoded)
    }

    func follower(now: @escaping @Sendable () -> Date = { Date() }) -> LedgerFollower {
        Self.follower(of: directory, now: now)
    }

    static func follower(of directory: String, now: @escaping @Sendable () -> Date = { Date() }) -> LedgerFollower {
        LedgerFollower(directory: directory, pauseSeconds: 0, now: now) { foundation, _ in
            TestFederation.checks(threshold: foundation.threshold)
        }
    }

    func server(_ options: DashboardOptions? = nil) throws -> DashboardServer {
        try DashboardServer(
            follower: follower(), options: options ?? DashboardOptions(host: "127.0.0.1", port: 0),
            logger: Logger(label: "test"))
    }

    /// One round of everything: published, an exclusion, a contest, an absent hospital, an open round.
    static func eventful(members: Int = 5, edit: (FederationFoundation) -> FederationFoundation = { $0 }) throws
        -> ServedLedger
    {
        var federation = try TestFederation(members: members, budget: 8_000_000, edit: edit)
        try federation.eventfulRounds()
        let ledger = try ServedLedger(federation)
        try ledger.save()
        return ledger
    }

    /// Serves such a ledger to a test.
    static func withEventful(
        _ setup: TestingSetup, _ options: DashboardOptions? = nil,
        _ body: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let ledger = try eventful()
        try await ledger.server(options).application().test(setup, body)
        withExtendedLifetime(ledger) {}
    }

    static let paths = [
        "/", "/rounds", "/rounds/1", "/rounds/2", "/quality", "/hospitals", "/attacks", "/ledger", "/ledger/0",
        "/ledger/1", "/ledger/6", "/ledger/7", "/ledger/20",
    ]
}

extension TestFederation {
    /// What the contract asks of a commitment where there is a budget.
    func spend(_ member: Int) -> PrivacySpend {
        PrivacySpend(
            noiseMultiplierMicros: 4_649_414, samplingRateMicros: 1_000_000, steps: 10,
            epsilonMicrosAfter: (contract.spent[member] ?? 0) + 1_250_000)
    }

    mutating func commit(_ members: some Sequence<Int>) throws {
        if contract.openRound == nil { try post(.coordinator, .open(openEntry())) }
        for member in members { try post(.member(member), .commit(commitment(member, spend: spend(member)))) }
    }

    /// Round 1 excludes hospital 3 and contests; round 2 goes without hospital 4; round 3 waits for hospital 4.
    mutating func eventfulRounds() throws {
        try commit(0..<5)
        try post(.coordinator, .close(round: 1))
        try advance(to: .sketch)
        try post(.coordinator, sketchEntry())
        try post(
            .member(0),
            .contest(round: 1, helper: 1, answerDigest: Digest.sha256([4]), share: dealtShare(0, 1)))
        let exclusion = Verdict.Exclusion(member: 3, reason: .scaledUpdate, details: [700, 90])
        try post(.coordinator, .verdict(try verdict(excluding: [exclusion])))
        try advance(to: .vote)
        try vote(0..<4, approve: true)
        try vote([4], approve: false)
        try publish()
        try commit(0..<4)
        try post(.coordinator, .close(round: 2), at: deadlines.commit)
        try advance(to: .vote)
        try vote(0..<4, approve: true)
        try publish()
        try commit(0..<4)
    }
}
