import ArgumentParser
import Federation
import FederationSetup
import Foundation
import Ledger

/// `cordon coordinator init`: keys, configuration and a token for each hospital.
struct CoordinatorInitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a coordinator's directory: identity, coordinator.yaml, and a token for each hospital.",
        discussion: """
            The identity is 32 random bytes in DIR/identity.key, mode 0600, made on this machine and never sent. \
            Everything else stands in DIR/coordinator.yaml with its meaning, and may be changed there until the \
            hospitals have signed. Nothing that exists is overwritten.

            Hand each token to its hospital by a way that others cannot read, and read the fingerprint out over the \
            telephone. A token works once, and expires. A lost one is replaced by: cordon coordinator invite NAME

            EXAMPLES
              cordon coordinator init --name chest-xray --address cordon.example:8443 --hospitals north,south,west \\
                --classes normal,pneumonia --privacy epsilon=8 --expected-patients 800 --dir coordinator
              cordon coordinator init --name trial --address 192.0.2.7:8443 --hospitals a,b,c --classes no,yes \\
                --rounds 10 --commit-seconds 1800 --dir coordinator --json

            \(ExitStatus.table)
            """)

    @OptionGroup
    var settings: CoordinatorOptions

    @Option(help: ArgumentHelp("Directory of the coordinator, made where there is none.", valueName: "directory"))
    var dir: String

    @Flag(help: "Print directory, fingerprint and tokens as JSON.")
    var json = false

    private struct Output: Encodable {
        let directory: String
        let fingerprint: String
        let tokens: [InvitationOutput]
    }

    func run() throws {
        var generator = SystemRandomNumberGenerator()
        let directory = try settings.settings.make(at: dir, using: &generator)
        let tokens = try directory.configuration().hospitals.map { hospital in
            InvitationOutput(try directory.invite(hospital, at: .now, using: &generator))
        }
        let output = Output(
            directory: dir, fingerprint: "\(Fingerprint(of: try directory.identity().publicKey))", tokens: tokens)
        if json {
            try StandardStreams.write(json: output)
        } else {
            StandardStreams.write(text(output, directory), to: .standardOutput)
        }
    }

    private func text(_ output: Output, _ directory: CoordinatorDirectory) -> String {
        let lines =
            [
                "coordinator   \(output.directory)",
                "settings      \(directory.configurationPath)",
                "fingerprint   \(output.fingerprint)",
                "",
                "One token a hospital, shown this once:",
            ] + output.tokens.flatMap { ["", $0.text] }
            + [
                "",
                "Each hospital:  cordon hospital init --name NAME --dir site;  cordon hospital join TOKEN --dir site",
            ]
        return lines.joined(separator: "\n") + "\n"
    }
}
