import ArgumentParser
import Dashboard
import Foundation

/// `cordon dashboard password`: makes the file that a login is checked against.
struct DashboardPasswordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Make a dashboard's password file.",
        discussion: """
            Reads the password from standard input, up to the first line's end, and writes its scrypt hash. The \
            password itself is kept nowhere.

            EXAMPLES
              cordon dashboard password --out dashboard-password.json
              openssl rand -base64 24 | tee /dev/stderr | cordon dashboard password --out dashboard-password.json
            """)

    @Option(help: ArgumentHelp("File to write; it must not exist.", valueName: "file"))
    var out: String

    @Flag(help: "Print the file's path as JSON.")
    var json = false

    private struct Written: Encodable { let passwordFile: String }

    func run() throws {
        guard !FileManager.default.fileExists(atPath: out) else {
            throw CommandFailure(.cannotCreateOutput, "--out \(out): the file exists; remove it or name another")
        }
        var generator = SystemRandomNumberGenerator()
        let file = try PasswordFile(hashing: Array(try HiddenLine.read(prompt: "Password: ").utf8), using: &generator)
        guard
            FileManager.default.createFile(
                atPath: out, contents: try file.json, attributes: [.posixPermissions: 0o600])
        else { throw CommandFailure(.cannotCreateOutput, "--out \(out): the file cannot be created") }
        if json {
            try StandardStreams.write(json: Written(passwordFile: out))
        } else {
            StandardStreams.write("Wrote \(out)\n", to: .standardOutput)
        }
    }
}
