import ArgumentParser
import FederationSetup
import Foundation
import Ledger

/// `cordon hospital init`: keys and configuration of a member.
struct HospitalInitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a hospital's directory: identity and hospital.yaml.",
        discussion: """
            The identity is 32 random bytes in DIR/identity.key, mode 0600, made on this machine and never sent. Store \
            and limits stand in DIR/hospital.yaml with their meaning, and may be changed there. Nothing that exists \
            is overwritten. Read the fingerprint out to the coordinator over the telephone, and back DIR up where the \
            backup of the images is not.

            EXAMPLES
              cordon hospital init --name north --dir site --data store --data-key store.key
              cordon hospital init --name north --dir site --epsilon-max 4

            \(ExitStatus.table)
            """)

    @Option(help: ArgumentHelp("This hospital's name, as the coordinator invited it.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("Directory of the hospital, made where there is none.", valueName: "directory"))
    var dir: String

    @Option(help: ArgumentHelp("The sealed store of images, from cordon images ingest.", valueName: "store"))
    var data: String?

    @Option(help: ArgumentHelp("The file that opens the store.", valueName: "file"))
    var dataKey: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Largest ε that is agreed to, or unbounded: also without differential privacy. (default: 8)",
            valueName: "epsilon"))
    var epsilonMax: String?

    @Flag(help: "Print directory and fingerprint as JSON.")
    var json = false

    private struct Output: Encodable {
        let directory: String
        let name: String
        let fingerprint: String
    }

    func run() throws {
        var settings = HospitalSettings()
        let given: [(String, String?)] = [
            ("name", name), ("data", data.map(Self.absolute)), ("dataKey", dataKey.map(Self.absolute)),
            ("epsilonMax", epsilonMax),
        ]
        for (key, value) in given { if let value { settings.values[key] = value } }
        var generator = SystemRandomNumberGenerator()
        let directory = try settings.make(at: dir, using: &generator)
        let output = Output(
            directory: dir, name: name, fingerprint: "\(Fingerprint(of: try directory.identity().publicKey))")
        if json { return try StandardStreams.write(json: output) }
        StandardStreams.write(
            """
            hospital      \(name) in \(dir)
            settings      \(directory.configurationPath)
            fingerprint   \(output.fingerprint)

            Next:  cordon hospital join TOKEN --dir \(dir)

            """, to: .standardOutput)
    }

    /// Paths on the command line are meant from where it was given, those in the file from its folder.
    private static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}
