package import Federation
import Ledger

/// The coordinator's half of joining on disk: every answer follows what is durable. One request at a time.
package struct EnrolmentDesk: Sendable {
    private let directory: CoordinatorDirectory
    private var enrolment: Enrolment

    /// - Throws: what configuration, identity, registry or agreement of the directory have wrong.
    package init(directory: CoordinatorDirectory) throws {
        let configuration = try directory.configuration()
        var plan = try configuration.plan
        plan.predecessor = try directory.predecessor()
        let identity = try directory.identity()
        self.directory = directory
        enrolment = try directory.locked { [plan] in
            var enrolment = Enrolment(
                plan: plan, hospitals: configuration.hospitals, coordinator: identity,
                registry: try directory.registry(), inForce: try directory.agreementInForce())
            try Self.finishSigning(&enrolment, in: directory.agreementFiles)
            return enrolment
        }
    }

    /// Where everybody signed, and the program ended before the agreement was written, it is written now.
    private static func finishSigning(_ enrolment: inout Enrolment, in files: AgreementFiles) throws {
        guard enrolment.inForce == nil else { return }
        if let draft = try enrolment.currentDraft(), draft.isInForce {
            try files.write(draft)
            return enrolment.resume(with: enrolment.registry, inForce: draft)
        }
        guard let incomplete = try files.read() else { return }
        throw SetupError(
            .malformed,
            "\(files.signaturesPath) lacks the signature of \(incomplete.missing.joined(separator: ", ")); restore it "
                + "from a backup or from a hospital.")
    }

    /// The agreement, once every signature is there.
    package var agreementInForce: SignedAgreement? { enrolment.inForce }

    /// Hospitals that have not joined.
    package var awaited: [String] { enrolment.awaited }

    /// Answers one request; what it changes is on the disk when this returns.
    package mutating func receive(_ request: SignedEnrolmentRequest, at now: Instant) throws -> EnrolmentReply {
        var next = enrolment
        let reply = try directory.locked {
            let reply = try directory.update { registry in
                next.resume(with: registry, inForce: try enrolment.inForce ?? directory.agreementInForce())
                let reply = try next.receive(request, at: now)
                registry = next.registry
                return reply
            }
            if enrolment.inForce == nil, let signed = next.inForce { try directory.agreementFiles.write(signed) }
            return reply
        }
        enrolment = next
        return reply
    }
}
