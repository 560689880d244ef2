import ArgumentParser
import Foundation
import Report
import Simulation

/// `cordon attack report`: draws the page of a study again.
struct AttackReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Draw the report of a study again, and print its figures.",
        discussion: """
            Reads study.json of a directory that cordon attack run wrote, and writes report.html beside it.

            EXAMPLE
              cordon attack report --out lab
            """)

    @Option(help: ArgumentHelp("Directory that cordon attack run wrote.", valueName: "directory"))
    var out: String

    @Flag(help: "Print study.json and nothing else on standard output.")
    var json = false

    func run() throws {
        let path = "\(out)/study.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SimulationError(.missingInput, "\(path): cannot be read; make it with cordon attack run --out \(out)")
        }
        guard let study = try? JSONDecoder().decode(AttackStudy.self, from: data) else {
            throw SimulationError(.badData, "\(path): is no study of this program's version; run the suite again")
        }
        try Self.write(study, into: out, printsJSON: json)
    }

    /// Writes the page, and prints the study or a line a regime.
    static func write(_ study: AttackStudy, into directory: String, printsJSON: Bool) throws {
        let page = "\(directory)/report.html"
        try Data(renderAttackStudy(study).utf8).write(to: URL(fileURLWithPath: page), options: .atomic)
        guard !printsJSON else {
            StandardStreams.write(String(decoding: try study.json(), as: UTF8.self), to: .standardOutput)
            return
        }
        for regime in AttackRegime.all(of: study.runs) {
            let figures = [
                "accuracy \(Figures.percent(regime.mean(\.accuracy)))",
                "excess success \(Figures.percent(regime.mean(\.excessSuccess)))",
                "worst \(Figures.percent(regime.runs.compactMap(\.excessSuccess).max()))",
                "TPR \(Figures.percent(regime.mean(\.finalTruePositiveRate)))",
                "FPR \(Figures.percent(regime.mean(\.falsePositiveRate)))",
            ]
            StandardStreams.write(
                "\(regime.attack), \(regime.setting), \(regime.defence): \(figures.joined(separator: ", "))\n",
                to: .standardOutput)
        }
        StandardStreams.write("report   \(page)\n", to: .standardOutput)
    }
}
