package import Federation
import Ledger

/// The coordinator's half of joining on disk: every answer follows what is durable. One request at a time.
package struct EnrolmentDesk: Sendable {
    private let directory: CoordinatorDirectory
    private var enrolment: Enrolment

    /// - Throws: what configuration, identity, registry or agreement of the directory have wrong.
    package init(directory: CoordinatorDirectory) throws {
        let configuration = try directory.configuration()
        self.directory = directory
        enrolment = Enrolment(
            plan: try configuration.plan, hospitals: configuration.hospitals, coordinator: try directory.identity(),
            registry: try directory.registry(), inForce: try directory.agreementInForce())
        try finishSigning()
    }

    /// Everybody signed, and the program ended before the agreement was written.
    private mutating func finishSigning() throws {
        guard enrolment.inForce == nil, let draft = try enrolment.currentDraft(), draft.isInForce else { return }
        try directory.agreementFiles.write(draft)
        enrolment.resume(with: enrolment.registry, inForce: draft)
    }

    /// The agreement, once every signature is there.
    package var agreementInForce: SignedAgreement? { enrolment.inForce }

    /// Hospitals that have not joined.
    package var awaited: [String] { enrolment.awaited }

    /// Answers one request; what it changes is on the disk when this returns.
    package mutating func receive(_ request: SignedEnrolmentRequest, at now: Instant) throws -> EnrolmentReply {
        let before = enrolment.inForce
        var next = enrolment
        let reply = try directory.update { registry in
            next.resume(with: registry, inForce: before)
            let reply = try next.receive(request, at: now)
            registry = next.registry
            return reply
        }
        if before == nil, let signed = next.inForce { try directory.agreementFiles.write(signed) }
        enrolment = next
        return reply
    }
}
