import ArgumentParser
import Federation
import FederationSetup
import Foundation
import Ledger

/// `cordon coordinator renew`: the next agreement, with the model of the one that ended.
struct CoordinatorRenewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "End the agreement and prepare the next: members added, removed, keys replaced, the model kept.",
        discussion: """
            Write into coordinator.yaml what is to hold from now on (hospitals, rounds, privacy, deadlines), stop \
            cordon coordinator serve, and run this. Hospitals that were members and still are keep their identity and \
            sign with cordon hospital renew; others get a token. Then start cordon coordinator serve again: it waits \
            for everybody's signature, as at the beginning. The ledger so far, with what was signed, moves to \
            DIR/epochs; keys of rounds that will never be are erased.

            The model goes on from where it was, and the next agreement names the ledger that it comes from. What the \
            patients' privacy has cost goes on too: each hospital adds it up before it signs.

            EXAMPLES
              cordon coordinator renew --dir coordinator
              cordon coordinator renew --dir coordinator --rotate north

            \(ExitStatus.table)
            """)

    @Option(help: ArgumentHelp("Directory of the coordinator.", valueName: "directory"))
    var dir: String

    @Option(
        help: ArgumentHelp(
            "A member whose identity key was lost or stolen: it gets a token for a new one. May be repeated.",
            valueName: "name"))
    var rotate: [String] = []

    @Flag(help: "Print what becomes of the members, and the tokens, as JSON.")
    var json = false

    private struct Output: Encodable {
        let federation: String
        let ledgerEntries: UInt64
        let ledgerRoot: String
        let model: String
        let staying: [String]
        let leaving: [String]
        let tokens: [InvitationOutput]
    }

    func run() throws {
        var generator = SystemRandomNumberGenerator()
        let renewal = try CoordinatorDirectory(dir).renew(rotating: rotate, at: .now, using: &generator)
        let tokens = renewal.tokens.map(InvitationOutput.init)
        let predecessor = renewal.predecessor
        if json {
            return try StandardStreams.write(
                json: Output(
                    federation: predecessor.federation.hex, ledgerEntries: predecessor.ledgerSize,
                    ledgerRoot: predecessor.ledgerRoot.hex, model: predecessor.model.hex, staying: renewal.staying,
                    leaving: renewal.leaving, tokens: tokens))
        }
        var lines = [
            "goes on from  \(predecessor.federation.hex)",
            "its ledger    \(predecessor.ledgerSize) entries, root \(predecessor.ledgerRoot.hex)",
            "its model     \(predecessor.model.hex)",
            "staying       \(list(renewal.staying)) (each: cordon hospital renew --dir site)",
            "leaving       \(list(renewal.leaving))",
            "",
        ]
        if !tokens.isEmpty {
            lines.append("One token a hospital, shown this once:")
            for token in tokens { lines += ["", token.text] }
            lines.append("")
        }
        lines.append("Next:  cordon coordinator serve --dir \(dir)")
        StandardStreams.write(lines.joined(separator: "\n") + "\n", to: .standardOutput)
    }

    private func list(_ names: [String]) -> String { names.isEmpty ? "nobody" : names.joined(separator: ", ") }
}
