import ArgumentParser
import FederationSetup
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

    @OptionGroup var signing: SigningOptions

    func run() async throws {
        let directory = HospitalDirectory(signing.dir)
        let token = try JoinToken(parsing: token == "-" ? readLine() ?? "" : token)
        let identity = try directory.identity()
        let progress = signing.progress
        progress.say("coordinator   \(token.address)  fingerprint \(Fingerprint(of: token.coordinatorKey))")
        progress.say("this hospital \(token.hospital)  fingerprint \(Fingerprint(of: identity.publicKey))")
        let enrolment = HospitalEnrolment(
            directory: directory, token: token,
            link: try signing.link(to: token.address, token.coordinatorKey, as: identity),
            surroundings: signing.surroundings)
        try await signing.sign { try await enrolment.run() }
    }
}
