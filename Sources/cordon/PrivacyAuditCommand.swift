import ArgumentParser
import Foundation

/// `cordon privacy audit`: attacks this very program's private steps, and what they train, and compares with what is
/// claimed of them.
struct PrivacyAuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Attack this program's noise and the models that it trains: a lower bound on ε, against the claim.",
        discussion: """
            Two attacks. On the noise: the steps that training runs, with canaries for patients, each in by the toss \
            of a coin; the attacker sees every noisy sum. On the model: whole trainings on synthetic radiographs, in \
            which mislabelled patients are in or out; from shadow models the attacker learns how a model answers with \
            and without each of them, and guesses from the finished models alone (likelihood ratio attack). What is \
            guessed too well refutes the claim, and the exit code is 1. A bound below the claim is no proof of it: an \
            audit finds faults such as missing or repeated noise, a wrong scale, or gradients that are not clipped. \
            An honest program fails in at most one run of twenty.

            EXAMPLES
              cordon privacy audit --epsilon 8
              cordon privacy audit --epsilon 3 --steps 100 --canaries 20000
              cordon privacy audit --epsilon 1 --claim 0.5
              cordon privacy audit --epsilon 8 --shadows 64 --json

            \(ExitStatus.table)
            """)

    @Option(help: ArgumentHelp("ε that the noise is calibrated for.", valueName: "number"))
    var epsilon = 8.0

    @Option(help: ArgumentHelp("ε that is claimed. (default: that of the accountant)", valueName: "number"))
    var claim: Double?

    @Option(help: ArgumentHelp("δ of both.", valueName: "number"))
    var delta = 1e-5

    @Option(help: ArgumentHelp("Noisy steps.", valueName: "number"))
    var steps = 20

    @Option(help: ArgumentHelp("Chance of each patient to be in a step.", valueName: "rate"))
    var samplingRate = 1.0

    @Option(help: ArgumentHelp("Canaries: the more, the sharper and the slower.", valueName: "number"))
    var canaries = 20_000

    @Option(
        help: ArgumentHelp(
            "Shadow models, and as many models to attack; 0 leaves membership out, else at least 8.",
            valueName: "number"))
    var shadows = 24

    @Flag(help: "Print the finding as JSON.")
    var json = false

    func run() throws {
        guard (100...1_000_000).contains(canaries), (1...10_000).contains(steps) else {
            throw CommandFailure(.usage, "--canaries takes 100 to 1000000, --steps 1 to 10000")
        }
        guard shadows == 0 || (8...1_000).contains(shadows) else {
            throw CommandFailure(.usage, "--shadows takes 0, or 8 to 1000")
        }
        let audit = try PrivacyAudit(self)
        if json {
            try StandardStreams.write(json: audit)
        } else {
            StandardStreams.write(audit.text, to: .standardOutput)
        }
        if !audit.holds { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }
}
