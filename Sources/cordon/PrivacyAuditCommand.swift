import ArgumentParser
import DifferentialPrivacy
import Foundation
import ModelTraining
import RingArithmetic

/// `cordon privacy audit`: attacks this very program's private steps and compares with what is claimed of them.
struct PrivacyAuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Attack this program's noise with canaries: a lower bound on ε, against the claim.",
        discussion: """
            Runs the steps that training runs, with canaries for patients, each in by the toss of a coin, and guesses \
            from the noisy sums who was in. What is guessed too well refutes the claim, and the exit code is 1. A \
            bound below the claim is no proof of it: an audit finds faults such as missing or repeated noise, a \
            wrong scale, or gradients that are not clipped. An honest program fails in at most one run of twenty.

            EXAMPLES
              cordon privacy audit --epsilon 8
              cordon privacy audit --epsilon 3 --steps 100 --canaries 20000
              cordon privacy audit --epsilon 1 --claim 0.5

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

    @Flag(help: "Print the finding as JSON.")
    var json = false

    func run() throws {
        guard (100...1_000_000).contains(canaries), (1...10_000).contains(steps) else {
            throw CommandFailure(.usage, "--canaries takes 100 to 1000000, --steps 1 to 10000")
        }
        var privacy = PrivacyConfiguration.scattering(noiseMultiplier: 0, expectedPatients: canaries)
        privacy.samplingRate = samplingRate
        privacy.noiseMultiplier = try calibratedNoiseMultiplier(
            epsilon: epsilon, delta: delta, samplingRate: samplingRate, steps: steps)
        var generator = SystemRandomNumberGenerator()
        let audit = try CanaryAudit.run(
            NoisySum.self, privacy: privacy, steps: steps, claimedEpsilon: claim ?? epsilon, delta: delta,
            canaries: canaries, using: &generator)
        if json {
            try StandardStreams.write(json: audit)
        } else {
            StandardStreams.write(text(audit, privacy), to: .standardOutput)
        }
        if !audit.holds { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private func text(_ audit: CanaryAudit, _ privacy: PrivacyConfiguration) -> String {
        let bounds =
            "one-run bound \(figure(audit.oneRunBound))"
            + (audit.gaussianBound.map { ", Gaussian bound \(figure($0))" } ?? "")
        return """
            claimed      ε = \(figure(audit.claimedEpsilon)) at δ = \(delta): \(steps) steps, sampling rate \
            \(samplingRate), multiplier \(figure(privacy.noiseMultiplier))
            proved       ε ≥ \(figure(audit.lowerBound)) at \(Int(audit.confidence * 100)) % confidence (\(bounds))
            attack       \(audit.canaries) canaries, \(audit.correct) of \(audit.guesses) guesses right
            reach        at most \(figure(audit.reach)) could have been proved
            \(audit.holds ? "The claim is not refuted." : "THE CLAIM IS REFUTED: release nothing that this trains.")

            """
    }

    private func figure(_ value: Double) -> String { String(format: "%.4f", value) }
}
