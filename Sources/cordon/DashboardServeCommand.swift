import ArgumentParser
import Dashboard
import Federation
import Foundation
import Logging
import Operations

/// `cordon dashboard serve`: read-only pages over a ledger, until a signal ends them.
struct DashboardServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve read-only pages over a run's or a node's ledger.",
        discussion: """
            Serves the federation's present state, every hospital in every round, the model, privacy budgets, attacks \
            and the whole ledger with proofs. The directory may be that of a finished run, or of a run, coordinator \
            or hospital that is writing it now: the pages follow. Ends cleanly on Ctrl-C or SIGTERM.

            Without more, only this machine can open the pages. To let others in, give a certificate and a password; \
            without both the program refuses.

            EXAMPLES
              cordon dashboard serve run
              cordon dashboard serve coordinator --metrics-port 9464 --traces traces.jsonl
              cordon dashboard password --out dashboard-password.json
              cordon dashboard serve coordinator --address 0.0.0.0 --port 8443 --certificate chain.pem --key key.pem \
            --password dashboard-password.json
            """)

    @Argument(
        help: ArgumentHelp(
            "The ledger's directory, or that of the run, coordinator or hospital it belongs to.",
            valueName: "directory"))
    var directory: String

    @Option(help: ArgumentHelp("Address to listen on.", valueName: "host"))
    var address = "127.0.0.1"

    @Option(help: ArgumentHelp("Port to listen on; 0 for any free one.", valueName: "number"))
    var port = 8_080

    @Option(help: ArgumentHelp("Certificate chain in PEM, for TLS 1.3.", valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp("The certificate's private key in PEM.", valueName: "file"))
    var key: String?

    @Option(help: ArgumentHelp("Password file; visitors must log in.", valueName: "file"))
    var password: String?

    @Option(
        name: .customLong("metrics-port"),
        help: ArgumentHelp(
            "Also serve /metrics for Prometheus, /healthz and /readyz on this port of 127.0.0.1.", valueName: "number"))
    var metricsPort: Int?

    @Option(
        help: ArgumentHelp(
            "Append a trace of each round and its phases to this file, as OTLP/JSON lines.", valueName: "file"))
    var traces: String?

    @Flag(help: "Print the address as JSON once the pages are served.")
    var json = false

    private struct Serving: Encodable {
        let address: String
        let directory: String
    }

    /// What was named, or the ledger in it.
    private func ledgerDirectory() throws -> String {
        func isDirectory(_ path: String) -> Bool {
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
        }
        guard isDirectory(directory) else {
            throw CommandFailure(.missingInput, "\(directory): there is no such directory; name a run's ledger")
        }
        return isDirectory("\(directory)/ledger") ? "\(directory)/ledger" : directory
    }

    func run() async throws {
        let options = try DashboardOptions(
            host: address, port: port, certificatePath: certificate, keyPath: key, passwordPath: password,
            metricsPort: metricsPort, tracePath: traces)
        let directory = try ledgerDirectory()
        let follower = LedgerFollower(directory: directory) { foundation, blobs in
            try LedgerVerification.readAgreement(of: foundation, from: blobs).contractChecks
        }
        let logger = Logger(label: "cordon.dashboard") { label in
            JSONLineLogHandler(label: label, level: .warning, now: { Date() }) {
                StandardStreams.write($0, to: .standardError)
            }
        }
        let server = try DashboardServer(follower: follower, options: options, logger: logger)
        let json = json
        try await server.run { address in
            if json {
                do {
                    try StandardStreams.write(json: Serving(address: address, directory: directory))
                } catch {
                    StandardStreams.write("error: \(error)\n", to: .standardError)
                }
            } else {
                StandardStreams.write("The dashboard of \(directory) is at \(address)\n", to: .standardOutput)
            }
        }
    }
}
