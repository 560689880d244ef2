import ArgumentParser
import FederationSetup
import Foundation

/// `cordon agreement show`: what is agreed, by whom, and who has signed.
struct AgreementShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an agreement: parties, promises, privacy, encryption, training, deadlines, signatures.",
        discussion: """
            Every signature is checked; a file that was altered is refused. Compare the fingerprints with what the \
            others read out over the telephone, and the digest with theirs: the same digest is the same agreement.

            EXAMPLES
              cordon agreement show site
              cordon agreement show coordinator/agreement.json --json
            """)

    @Argument(help: ArgumentHelp("An agreement's file, or the directory of a party.", valueName: "path"))
    var path: String

    @Flag(help: "Print the agreement as JSON.")
    var json = false

    func run() throws {
        let sheet = try AgreementSheet(try StoredAgreement.read(path))
        if json { return try StandardStreams.write(json: sheet) }
        StandardStreams.write(sheet.text, to: .standardOutput)
    }
}
