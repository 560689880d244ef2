import ArgumentParser
import Federation
import FederationService
import FederationSetup
import Foundation
import Ledger

/// `cordon hospital join`: from a token to an agreement in force.
struct HospitalJoinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join",
        abstract: "Join a federation with the coordinator's token, look at the agreement, and sign it.",
        discussion: """
            Dials the coordinator that the token names and accepts no other. Shows both fingerprints: compare them \
            over the telephone. Waits until every hospital has joined, checks the draft against the limits in \
            hospital.yaml, shows it and asks. Nothing beyond the limits is signed. Stopped at any point and run again, \
            it goes on where it was.

            EXAMPLES
              cordon hospital join cordon1:… --dir site
              cordon hospital join cordon1:… --dir site --accept within-limits
            """)

    @Argument(
        help: ArgumentHelp(
            "The token, one line, from the coordinator; - reads it from standard input, where no list of processes "
                + "shows it.", valueName: "token"))
    var token: String

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

    func run() async throws {
        let directory = HospitalDirectory(dir)
        let token = try JoinToken(parsing: token == "-" ? readLine() ?? "" : token)
        let identity = try directory.identity()
        let progress = NodeProgress(isQuiet: json)
        progress.say("coordinator   \(token.address)  fingerprint \(Fingerprint(of: token.coordinatorKey))")
        progress.say("this hospital \(token.hospital)  fingerprint \(Fingerprint(of: identity.publicKey))")
        let surroundings = HospitalEnrolment.Surroundings(
            report: { progress.say($0) }, ask: { try ask($0, progress) },
            pause: { try await Task.sleep(for: .seconds($0)) }, now: { .now })
        let enrolment = HospitalEnrolment(
            directory: directory, token: token, link: try makeEnrolmentLink(token, directory, identity),
            surroundings: surroundings)
        guard let answer = try await Termination.watch({ try await enrolment.run() }) else {
            return progress.say("stopped; run it again to go on")
        }
        guard let signed = answer else {
            progress.say("not signed; look at it with cordon agreement show \(dir), and run this again")
            throw ExitCode(ExitStatus.checkFailed.rawValue)
        }
        if json { return try StandardStreams.write(json: AgreementSheet(signed)) }
        progress.say("agreement \(signed.digest.hex) is in force\n\nNext:  cordon hospital serve --dir \(dir)")
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

    private func makeEnrolmentLink(
        _ token: JoinToken, _ directory: HospitalDirectory, _ identity: Identity
    ) throws -> some EnrolmentLink {
        let configuration = try directory.configuration()
        return EnrolmentDialler(
            address: token.address, coordinatorKey: token.coordinatorKey, identity: identity,
            settings: TransportSettings(
                stallSeconds: configuration.stallSeconds, retrySecondsMax: configuration.retrySecondsMax),
            now: { Date() })
    }
}
