import ArgumentParser
import AttackLaboratory
import Foundation
import MedicalImaging
import Report
import Simulation

/// `cordon attack run`: makes the runs of a suite.
struct AttackRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Make the runs of a suite and draw their report.",
        discussion: """
            Trains a federation of ten hospitals for every attack, setting and defence of the suite, on the plaintext \
            twin of the encrypted protocol: the same rounding, sketches, rules and sums. Writes study.json, \
            report.html and one file a run into --out; started again, it makes only the runs that are missing.

            DEFENCES
              contract    only what no honest update can do is left out
              ensemble    blind rules: who is unlike the others
              everything  these, and suspicion over the rounds: who teaches the model to obey a mark on the image

              flame       the majority cluster of FLAME; an agreement can name it too
              foolsgold, centred-clipping, geometric-median, mixing, flame-clipping
                          rules that weigh updates. Encrypted updates are added with equal weights, so these are for \
                          comparison only: no agreement can name them

            SUITES
              quick     every attack once on like and unlike hospitals, a hard case under privacy; minutes
              headline  the regimes of Documentation/PoisoningDefence.md, ten seeds each
              full      attack × heterogeneity × malicious hospitals × privacy, three seeds each; many hours

            EXAMPLES
              cordon attack run --suite quick --data manifest.csv --out lab
              cordon attack run --suite quick --data manifest.csv --out lab-flame --rule flame
              cordon attack run --suite headline --data manifest.csv --out lab --first-seed 2000

            \(ExitStatus.table)
            """)

    @Option(help: ArgumentHelp("quick, headline or full.", valueName: "suite"))
    var suite = "quick"

    @Option(help: ArgumentHelp("One defence in place of the suite's own.", valueName: "defence"))
    var rule: String?

    @Option(help: ArgumentHelp("Images, as for cordon simulate. (default: CORDON_DATA)", valueName: "path"))
    var data: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Side length of the images.", valueName: "pixels"))
    var imageSize = 64

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "First seed. Seeds below \(LaboratorySuite.firstFreshSeed) were used for tuning.", valueName: "seed"))
    var firstSeed = LaboratorySuite.firstFreshSeed

    @Option(parsing: .unconditional, help: ArgumentHelp("Runs at a time. (default: one a core)", valueName: "count"))
    var workers = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: ArgumentHelp("Directory for the runs and the report.", valueName: "directory"))
    var out: String

    @Flag(help: "Print study.json and nothing else on standard output.")
    var json = false

    func run() async throws {
        guard let suite = LaboratorySuite(rawValue: suite) else {
            throw SimulationError(.usage, "--suite \(suite): write quick, headline or full")
        }
        guard (1...1024).contains(workers) else {
            throw SimulationError(.usage, "--workers \(workers): 1 … 1024 runs at a time")
        }
        let defence = try rule.map { name in
            guard let defence = LaboratoryDefence(rawValue: name) else {
                let names = LaboratoryDefence.allCases.map(\.rawValue).joined(separator: ", ")
                throw SimulationError(.usage, "--rule \(name): write one of \(names)")
            }
            return defence
        }
        let scenarios = suite.scenarios(firstSeed: firstSeed, under: defence)
        let runner = try LaboratoryRunner(directory: "\(out)/runs", version: Cordon.version, workers: workers)
        let environment = ProcessInfo.processInfo.environment
        let images = try loadImages(
            from: ImageSource.resolve(data: data, environment: environment), imageSize: imageSize, seed: 1,
            preparation: try ImagesWorkerCommand.decoding, environment: environment, progress: { _, _ in })
        let bench = try LaboratoryBench(images)
        let runs = try await runner.run(scenarios, bench: bench) { done, all, secondsLeft in
            StandardStreams.write(
                "\(done) of \(all) runs, about \(Figures.seconds(secondsLeft)) left\n", to: .standardError)
        }
        let study = AttackStudy(
            cordonVersion: Cordon.version, suite: suite.rawValue, dataSet: images.name,
            isSynthetic: images.isSynthetic, runs: runs)
        try study.json().write(to: URL(fileURLWithPath: "\(out)/study.json"), options: .atomic)
        try AttackReportCommand.write(study, into: out, printsJSON: json)
    }
}
