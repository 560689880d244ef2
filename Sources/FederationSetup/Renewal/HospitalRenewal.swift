import Federation
import Ledger

/// A member's way from the agreement in force to the one that its coordinator has prepared after it.
package struct HospitalRenewal: Sendable {
    private let directory: HospitalDirectory
    private let former: Agreement
    private let enrolment: HospitalEnrolment

    /// - Throws: `SetupError` where no agreement is in force.
    package init(
        directory: HospitalDirectory, link: any EnrolmentLink, surroundings: HospitalEnrolment.Surroundings
    ) throws {
        try EpochArchive(directory: directory.path).finish()
        guard let signed = try directory.agreementFiles.read(), signed.isInForce, let pin = try directory.pin() else {
            throw SetupError(
                .usage, "\(directory.path) holds no agreement in force: there is nothing to renew. Join with a token.")
        }
        self.directory = directory
        former = signed.agreement
        enrolment = try HospitalEnrolment(renewing: directory, pin, link: link, surroundings: surroundings)
    }

    /// Waits for the draft, checks it, asks, signs, waits for the others, and puts the new agreement in place.
    ///
    /// - Returns: the agreement in force; nil when whoever was asked wants to sign later.
    /// - Throws: `SetupError` with code `refused` for the coordinator's no or this hospital's own.
    package func run() async throws -> SignedAgreement? {
        guard let next = try await enrolment.run() else { return nil }
        try directory.succeed(former, by: next)
        return next
    }
}
