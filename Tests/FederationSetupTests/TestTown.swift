import Federation
import Foundation
import RingArithmetic
import Testing

@testable import FederationSetup

/// A coordinator and three hospitals on disk, as the commands make them.
struct TestTown {
    let folder: TestFolder
    let coordinator: CoordinatorDirectory
    let tokens: [String: JoinToken]
    let hospitals: [String: HospitalDirectory]

    static let names = ["north", "south", "west"]
    static let now = Instant(milliseconds: 1_800_000_000_000)

    static func settings() -> CoordinatorSettings {
        var settings = CoordinatorSettings()
        settings.hospitals = names
        settings.classes = TestStore.classes
        settings.values = [
            "name": "trial", "address": "127.0.0.1:8443", "imageSize": "\(TestStore.imageSize)",
            "privacy": "epsilon=8", "expectedPatients": "20", "rounds": "3",
        ]
        return settings
    }

    /// - Parameter limits: further keys of every `hospital.yaml`.
    init(_ settings: CoordinatorSettings = settings(), limits: [String: String] = [:]) throws {
        folder = try TestFolder()
        var generator = SystemRandomNumberGenerator()
        let store = try TestStore.shared.get()
        coordinator = try settings.make(at: "\(folder.path)/coordinator", using: &generator)
        var tokens: [String: JoinToken] = [:]
        var hospitals: [String: HospitalDirectory] = [:]
        for name in Self.names {
            tokens[name] = try coordinator.invite(name, at: Self.now, using: &generator)
            hospitals[name] = try Self.hospital(name, at: "\(folder.path)/\(name)", store: store, limits: limits)
        }
        self.tokens = tokens
        self.hospitals = hospitals
    }

    static func hospital(
        _ name: String, at path: String, store: TestStore, limits: [String: String] = [:]
    ) throws -> HospitalDirectory {
        var generator = SystemRandomNumberGenerator()
        var settings = HospitalSettings()
        settings.values = limits.merging(["name": name, "data": store.path, "dataKey": store.key]) { $1 }
        return try settings.make(at: path, using: &generator)
    }

    func token(_ name: String) throws -> JoinToken { try #require(tokens[name]) }
    func hospital(_ name: String) throws -> HospitalDirectory { try #require(hospitals[name]) }

    /// A request to join as the hospital makes it, with something altered.
    func joinRequest(
        _ name: String, secret: [UInt8]? = nil, site: SitePipeline? = nil, by other: HospitalDirectory? = nil
    ) throws -> SignedEnrolmentRequest {
        let directory = try other ?? hospital(name)
        let request = JoinRequest(
            hospital: name, secret: try secret ?? token(name).secret, site: try site ?? directory.site())
        return try SignedEnrolmentRequest(
            .join(request), to: try token("north").coordinatorKey, by: directory.identity())
    }

    /// One hospital's way in.
    func enrolment(
        _ name: String, over link: any EnrolmentLink, token: JoinToken? = nil, lines: Lines = Lines(),
        consent: @escaping @Sendable (SignedAgreement) -> Consent = { _ in .sign }
    ) throws -> HospitalEnrolment {
        HospitalEnrolment(
            directory: try hospital(name), token: try token ?? self.token(name), link: link,
            surroundings: .init(
                report: { lines.add($0) }, ask: { consent($0) },
                pause: { _ in try await Task.sleep(for: .milliseconds(1)) },
                now: { Self.now }))
    }

    /// All hospitals at once; what each came to.
    ///
    /// - Parameter isRevived: whether a way in that threw is begun anew.
    func enrolAll(
        over link: any EnrolmentLink,
        reviving isRevived: @escaping @Sendable (any Error, String) -> Bool = { _, _ in false }
    ) async throws -> [Outcome] {
        let ways = try Self.names.map { ($0, try enrolment($0, over: link)) }
        return await withTaskGroup(of: Outcome.self) { group in
            for (name, way) in ways {
                group.addTask {
                    while true {
                        do {
                            return Outcome(name: name, agreement: try await way.run(), failure: nil)
                        } catch {
                            guard isRevived(error, name) else {
                                return Outcome(name: name, agreement: nil, failure: error)
                            }
                        }
                    }
                }
            }
            var outcomes: [Outcome] = []
            for await outcome in group {
                outcomes.append(outcome)
                // The others would wait for it for ever.
                if outcome.failure != nil { group.cancelAll() }
            }
            return outcomes
        }
    }
}
