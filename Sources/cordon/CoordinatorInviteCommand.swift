import ArgumentParser
import Federation
import FederationSetup
import Foundation

/// `cordon coordinator invite`: a new token for one hospital, or an end to the one it has.
struct CoordinatorInviteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Print a new token for a hospital; the one before works no longer.",
        discussion: """
            Only a digest of the token's secret is kept, so a lost token cannot be shown again: make a new one. With \
            --withdraw the hospital's token works no longer, and if it had joined, it has not; after that another \
            identity can be invited under the name.

            EXAMPLES
              cordon coordinator invite north --dir coordinator
              cordon coordinator invite north --withdraw --dir coordinator
            """)

    @Argument(help: ArgumentHelp("The hospital's name, as in coordinator.yaml.", valueName: "name"))
    var hospital: String

    @Option(help: ArgumentHelp("Directory of the coordinator.", valueName: "directory"))
    var dir: String

    @Flag(help: "Withdraw the invitation instead, and the membership with it.")
    var withdraw = false

    @Flag(help: "Print the answer as JSON.")
    var json = false

    private struct Withdrawn: Encodable {
        let hospital: String
        let withdrawn = true
    }

    func run() throws {
        let directory = CoordinatorDirectory(dir)
        if withdraw {
            try directory.withdraw(hospital)
            if json { return try StandardStreams.write(json: Withdrawn(hospital: hospital)) }
            return StandardStreams.write("withdrawn: \(hospital)\n", to: .standardOutput)
        }
        var generator = SystemRandomNumberGenerator()
        let invitation = InvitationOutput(try directory.invite(hospital, at: .now, using: &generator))
        if json { return try StandardStreams.write(json: invitation) }
        StandardStreams.write("\(invitation.text)\n", to: .standardOutput)
    }
}
