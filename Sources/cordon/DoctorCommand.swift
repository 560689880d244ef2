import ArgumentParser
import Federation
import FederationSetup
import Foundation
import SQLiteStorage

/// `cordon doctor`: everything that a party needs, looked at in turn.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Examine this machine and a party's directory; exits 1 if something does not work.",
        discussion: """
            Looks at clock, libraries, configuration, identity and its permissions, agreement and signatures, free \
            disk, the port or the way to the coordinator, the store of images and its pipeline, and the ledger. Each \
            line is ok, warning or failure, with what to do. Nothing is changed, and nothing is sent.

            EXAMPLES
              cordon doctor
              cordon doctor --dir site
              cordon doctor --dir coordinator --json
            """)

    @Option(
        help: ArgumentHelp(
            "Directory of a coordinator or a hospital. (default: the machine alone)", valueName: "directory"))
    var dir: String?

    @Flag(help: "Print the findings as JSON.")
    var json = false

    private struct Output: Encodable {
        let holds: Bool
        let findings: [DoctorFinding]
    }

    func run() throws {
        let findings = Doctor(directory: dir, at: .now).examine() + ledger()
        let holds = !findings.contains { $0.status == .failure }
        if json {
            try StandardStreams.write(json: Output(holds: holds, findings: findings))
        } else {
            StandardStreams.write(findings.map(Self.text).joined(separator: "\n") + "\n", to: .standardOutput)
        }
        if !holds { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private static func text(_ finding: DoctorFinding) -> String {
        let status = finding.status == .failure ? "FAILURE" : finding.status.rawValue
        let line =
            status.padding(toLength: 9, withPad: " ", startingAt: 0)
            + finding.check.padding(toLength: 15, withPad: " ", startingAt: 0) + finding.detail
        return finding.fix.map { line + "\n" + String(repeating: " ", count: 24) + "fix: \($0)" } ?? line
    }

    /// The ledger of the directory, where there is one.
    private func ledger() -> [DoctorFinding] {
        guard let dir, FileManager.default.fileExists(atPath: "\(dir)/ledger") else { return [] }
        let fix = "cordon ledger verify \(dir)/ledger says more; restore it from a backup, or fetch it from the others"
        do {
            let report = try LedgerVerification.run(directory: "\(dir)/ledger")
            // A hospital's copy, and a ledger that still grows, have no checkpoint of their own.
            let hasCheckpoint = FileManager.default.fileExists(atPath: "\(dir)/ledger/checkpoint")
            let findings = report.findings.filter { hasCheckpoint || $0.place != "checkpoint" }
            guard let first = findings.first else {
                return [DoctorFinding("ledger", .ok, "\(report.entryCount) entries verify")]
            }
            return [DoctorFinding("ledger", .failure, "\(first.place): \(first.message)", fix: fix)]
        } catch {
            return [DoctorFinding("ledger", .failure, Failure(error)?.message ?? "\(error)", fix: fix)]
        }
    }
}
