import ArgumentParser
import Federation
import Foundation

/// `cordon agreement check`: the promises that n, t and c make, or why they make none.
struct AgreementCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Print what n hospitals, threshold t and c malicious ones promise; exits 0 only if allowed.",
        discussion: """
            n hospitals train together, t of them are needed to open anything, and up to c of them may be malicious \
            and collude with the coordinator. Allowed are t > (n + c)/2, so that no two sums of a round can be opened, \
            and t ≤ n − c, so that silence of the malicious stops nothing. A higher t protects better and tolerates \
            fewer absent hospitals.

            EXAMPLES
              cordon agreement check --hospitals 10
              cordon agreement check --hospitals 10 --threshold 6 --malicious 1 --json
            """)

    @Option(parsing: .unconditional, help: ArgumentHelp("Number of hospitals n, at least 3.", valueName: "n"))
    var hospitals: Int

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Hospitals t needed to open anything. (default: ⌊(n+c)/2⌋+1)", valueName: "t"))
    var threshold: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Hospitals c that may be malicious. (default: ⌊(n−1)/3⌋)", valueName: "c"))
    var malicious: Int?

    @Flag(help: "Print the answer as JSON.")
    var json = false

    private struct Output: Encodable {
        let allowed: Bool
        let reason: String?
        let promises: FederationPromises?
        let sentences: [String]
    }

    func run() throws {
        guard (1...1 << 20).contains(hospitals), (-1 << 20...1 << 20).contains(malicious ?? 0) else {
            throw CommandFailure(.usage, "--hospitals and --malicious: numbers of at most a million are meant")
        }
        let corruptible = malicious ?? Agreement.defaultCorruptible(members: hospitals)
        let needed = threshold ?? Agreement.defaultThreshold(members: hospitals, corruptible: corruptible)
        let reason = FederationPromises.refusal(members: hospitals, threshold: needed, corruptible: corruptible)
        let promises =
            reason == nil
            ? try FederationPromises(members: hospitals, threshold: needed, corruptible: corruptible) : nil
        let output = Output(
            allowed: reason == nil, reason: reason, promises: promises, sentences: promises?.sentences ?? [])
        StandardStreams.write(json ? try jsonText(output) : text(output), to: .standardOutput)
        if reason != nil { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private func jsonText(_ output: Output) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(output), as: UTF8.self) + "\n"
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
