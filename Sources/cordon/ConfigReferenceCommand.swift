import ArgumentParser
import FederationSetup
import Foundation

/// `cordon config reference`: the table of keys by which the files are read.
struct ConfigReferenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference",
        abstract: "Print every key of the configuration files: type, default, meaning.",
        discussion: """
            The table is the one by which the files are read: it cannot differ from the program. Keys that are not in \
            it are refused. Relative paths are meant from the folder of the file.

            EXAMPLES
              cordon config reference
              cordon config reference --json
            """)

    @Flag(help: "Print the table as JSON.")
    var json = false

    private struct File: Encodable {
        let file: String
        let keys: [Key]
    }

    private struct Key: Encodable {
        let name: String
        let type: String
        let standard: String
        let meaning: String

        init(_ key: ConfigurationKey) {
            (name, type, standard, meaning) = (key.name, key.type, key.standardText, key.meaning)
        }
    }

    func run() throws {
        let files = [
            File(file: CoordinatorConfiguration.fileName, keys: CoordinatorConfiguration.keys.map(Key.init)),
            File(file: HospitalConfiguration.fileName, keys: HospitalConfiguration.keys.map(Key.init)),
        ]
        if json { return try StandardStreams.write(json: files) }
        let pages = files.map { file in
            let rows = file.keys.map { "\($0.name)\n    \($0.type); default: \($0.standard)\n    \($0.meaning)\n" }
            return "\(file.file)\n\n" + rows.joined(separator: "\n")
        }
        StandardStreams.write(pages.joined(separator: "\n"), to: .standardOutput)
    }
}
