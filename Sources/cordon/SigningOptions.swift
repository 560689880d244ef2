import ArgumentParser
import FederationService
import FederationSetup
import Foundation
import Ledger

/// What joining and renewing have in common: waiting for a draft, showing it, and signing it or not.
struct SigningOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Directory of the hospital.", valueName: "directory"))
    var dir: String

    @Option(
        help: ArgumentHelp(
            "Sign without asking: an agreement of this digest, or with 'within-limits' any that hospital.yaml allows.",
            valueName: "digest"))
    var accept: String?

    @Flag(help: "Print the agreement in force as JSON, and nothing else, on standard output.")
    var json = false

    private static let anyWithinLimits = "within-limits"

    var progress: NodeProgress { NodeProgress(isQuiet: json) }

    var surroundings: HospitalEnrolment.Surroundings {
        let (options, progress) = (self, progress)
        return HospitalEnrolment.Surroundings(
            report: { progress.say($0) }, ask: { try options.ask($0, progress) },
            pause: { try await Task.sleep(for: .seconds($0)) }, now: { .now })
    }

    private func ask(_ draft: SignedAgreement, _ progress: NodeProgress) throws -> Consent {
        progress.say(try AgreementSheet(draft).text)
        if accept == Self.anyWithinLimits { return .sign }
        return try AgreementConsent(
            accepted: accept,
            advice: "there is no terminal to ask on: look at the draft with cordon agreement show \(dir), then pass "
                + "--accept \(draft.digest.hex)"
        ).consent(to: draft)
    }

    /// The way to the desk of the coordinator with this key at this address.
    func link(to address: ServiceAddress, _ coordinatorKey: [UInt8], as identity: Identity) throws
        -> EnrolmentDialler
    {
        let configuration = try HospitalDirectory(dir).configuration()
        return EnrolmentDialler(
            address: address, coordinatorKey: coordinatorKey, identity: identity,
            settings: TransportSettings(
                stallSeconds: configuration.stallSeconds, retrySecondsMax: configuration.retrySecondsMax),
            now: { Date() })
    }

    /// Runs it until the agreement is in force, or somebody stops it.
    func sign(_ run: @Sendable @escaping () async throws -> SignedAgreement?) async throws {
        guard let answer = try await Termination.watch(run) else {
            return progress.say("stopped; run it again to go on")
        }
        guard let signed = answer else {
            progress.say("not signed; look at it with cordon agreement show \(dir), and run this again")
            throw ExitCode(ExitStatus.checkFailed.rawValue)
        }
        if json { return try StandardStreams.write(json: AgreementSheet(signed)) }
        progress.say("agreement \(signed.digest.hex) is in force\n\nNext:  cordon hospital serve --dir \(dir)")
    }
}
