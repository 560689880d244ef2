import ArgumentParser
import Federation
import Foundation

/// `cordon agreement check`: the promises that n, t and c make, or why they make none.
struct AgreementCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check an agreement, or what n hospitals, threshold t and c malicious ones promise.",
        discussion: """
            n hospitals train together, t of them are needed to open anything, and up to c of them may be malicious \
            and collude with the coordinator. Allowed are t > (n + c)/2, so that no two sums of a round can be opened, \
            and t ≤ n − c, so that silence of the malicious stops nothing. A higher t protects better and tolerates \
            fewer absent hospitals.

            With an agreement instead of numbers, the command checks that it is sound and signed by everybody, and in \
            a hospital's directory also that it keeps the hospital's own limits. Exits 0 only if all of it holds.

            EXAMPLES
              cordon agreement check --hospitals 10
              cordon agreement check --hospitals 10 --threshold 6 --malicious 1 --json
              cordon agreement check site
            """)

    @Argument(help: ArgumentHelp("An agreement's file, or the directory of a party.", valueName: "path"))
    var path: String?

    @OptionGroup
    var membership: MembershipOptions

    @Flag(help: "Print the answer as JSON.")
    var json = false

    private struct Output: Encodable {
        let allowed: Bool
        let reason: String?
        let promises: FederationPromises?
        let sentences: [String]
    }

    func run() throws {
        if let path { return try checkAgreement(at: path) }
        let hospitals = try membership.checkedHospitals()
        let corruptible = membership.malicious ?? Agreement.defaultCorruptible(members: hospitals)
        let needed = membership.threshold ?? Agreement.defaultThreshold(members: hospitals, corruptible: corruptible)
        let reason = FederationPromises.refusal(members: hospitals, threshold: needed, corruptible: corruptible)
        let promises =
            reason == nil
            ? try FederationPromises(members: hospitals, threshold: needed, corruptible: corruptible) : nil
        let output = Output(
            allowed: reason == nil, reason: reason, promises: promises, sentences: promises?.sentences ?? [])
        if json {
            try StandardStreams.write(json: output)
        } else {
            StandardStreams.write(text(output), to: .standardOutput)
        }
        if reason != nil { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private func checkAgreement(at path: String) throws {
        guard membership.hospitals == nil, membership.threshold == nil, membership.malicious == nil else {
            throw CommandFailure(.usage, "an agreement has its own n, t and c: give the file or the numbers, not both")
        }
        let findings = try AgreementFindings(path: path)
        if json {
            try StandardStreams.write(json: findings)
        } else {
            StandardStreams.write(findings.text, to: .standardOutput)
        }
        if !findings.holds { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private func text(_ output: Output) -> String {
        guard let promises = output.promises else {
            return "NOT ALLOWED: \(output.reason ?? "")\n"
        }
        let rows = [
            ("hospitals n", promises.members), ("malicious c", promises.corruptible),
            ("threshold t", promises.threshold), ("one sum a round holds to", promises.oneSumHoldsTo),
            ("absent, lies noticed without contest", promises.absentWithDetection),
            ("absent, lies named by contest", promises.absentWithContests),
            ("liars corrected when all answer", promises.liarsCorrected),
        ]
        let table = rows.map { $0.padding(toLength: 40, withPad: " ", startingAt: 0) + String($1) }
        return (table + [""] + output.sentences + ["Allowed."]).joined(separator: "\n") + "\n"
    }
}
