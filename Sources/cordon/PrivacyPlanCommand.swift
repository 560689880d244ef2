import ArgumentParser
import DifferentialPrivacy
import Foundation
import ModelTraining

/// `cordon privacy plan`: what ε buys how many rounds at which noise.
struct PrivacyPlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Price a training: noise for each ε and number of rounds, before anything is agreed.",
        discussion: """
            For each ε and each number of rounds: the noise multiplier that keeps to it, and the noise on a step's \
            mean gradient relative to the clip norm, which is what learning feels. For each ε the model that did best \
            where it was measured, on no more patients at no larger ε. Full batches are priced exactly, \
            Poisson samples by their privacy loss distribution. The last column draws that noise: the longer, the worse.

            EXAMPLES
              cordon privacy plan --patients 437
              cordon privacy plan --patients 5000 --epsilon 3 --epsilon 1 --rounds 50 --steps 10 --sampling-rate 0.05
              cordon privacy plan --patients 437 --hospitals 5 --colluding 1
              cordon privacy plan --patients 437 --json

            \(ExitStatus.table)
            """)

    @Option(help: ArgumentHelp("Patients of one hospital, about.", valueName: "number"))
    var patients: Int

    @Option(
        help: ArgumentHelp("ε over all rounds; may be given several times. (default: 8, 3, 1)", valueName: "number"))
    var epsilon: [Double] = []

    @Option(help: ArgumentHelp("δ, well below one in the number of patients.", valueName: "number"))
    var delta = 1e-5

    @Option(help: ArgumentHelp("Rounds; may be given several times. (default: 10, 20, 50)", valueName: "number"))
    var rounds: [Int] = []

    @Option(help: ArgumentHelp("Noisy steps a round.", valueName: "number"))
    var steps = 10

    @Option(help: ArgumentHelp("Chance of each patient to be in a step; 1 is everybody.", valueName: "rate"))
    var samplingRate = 1.0

    @Option(
        help: ArgumentHelp("Hospitals: shows the noise on their mean too, and had they shared it.", valueName: "n"))
    var hospitals: Int?

    @Option(
        help: ArgumentHelp(
            "Hospitals that collude, for shared noise. (default: ⌊(n−1)/3⌋)", valueName: "c"))
    var colluding: Int?

    @Flag(help: "Print the plan as JSON.")
    var json = false

    func run() throws {
        let plan = try PrivacyPlan(
            patients: patients, epsilons: epsilon.isEmpty ? [8, 3, 1] : epsilon, delta: delta,
            rounds: rounds.isEmpty ? [10, 20, 50] : rounds, stepsPerRound: steps, samplingRate: samplingRate,
            hospitals: hospitals, colluding: colluding)
        if json { return try StandardStreams.write(json: plan) }
        StandardStreams.write(plan.text, to: .standardOutput)
    }
}
