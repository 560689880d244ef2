import ArgumentParser
import AttackLaboratory
import Foundation
import MedicalImaging
import Report
import Simulation

/// `cordon attack invert`: what a curious server reconstructs of single images.
struct AttackInvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invert",
        abstract: "Reconstruct patients' images from updates: unprotected, summed, and under privacy.",
        discussion: """
            An update is a gradient, and a gradient remembers what it was computed on. For both models this takes the \
            gradient of a single image, as a hospital with one patient would send it, and seeks the image that \
            explains it, from the mean of other images on: of the linear head through the features, which it gives \
            away, of the network by matching gradients. Then the same with what encryption leaves to be seen, the sum \
            over all hospitals, and with the noise of patient-level privacy. PSNR and SSIM stand beside those of the \
            mean of other images: only what beats it has been seen in the update.

            Writes inversion.json and inversion.html, which hold the attacked images: keep them where the images may be.

            EXAMPLES
              cordon attack invert --out inversion
              cordon attack invert --data manifest.csv --images 6 --epsilon 3 --out inversion

            \(ExitStatus.table)
            """)

    @Option(help: ArgumentHelp("Images, as for cordon simulate. (default: CORDON_DATA)", valueName: "path"))
    var data: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Side length of the images.", valueName: "pixels"))
    var imageSize = 64

    @Option(parsing: .unconditional, help: ArgumentHelp("Images attacked for each model.", valueName: "count"))
    var images = 4

    @Option(parsing: .unconditional, help: ArgumentHelp("Hospitals in the sum.", valueName: "n"))
    var hospitals = 10

    @Option(parsing: .unconditional, help: ArgumentHelp("ε of patient-level privacy over 20 rounds.", valueName: "ε"))
    var epsilon = 8.0

    @Option(parsing: .unconditional, help: ArgumentHelp("Steps of the search for one image.", valueName: "count"))
    var steps = 400

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Seed: which images, and the noise of privacy.", valueName: "seed"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Directory for the study and its page.", valueName: "directory"))
    var out: String

    @Flag(help: "Print the figures as JSON, without pictures, and nothing else on standard output.")
    var json = false

    func run() throws {
        guard (1...100).contains(images), (2...100).contains(hospitals), (1...10_000).contains(steps),
            epsilon > 0, epsilon.isFinite
        else {
            throw SimulationError(
                .usage, "write 1 … 100 images, 2 … 100 hospitals, 1 … 10000 steps and an ε above zero")
        }
        let environment = ProcessInfo.processInfo.environment
        let loaded = try loadImages(
            from: ImageSource.resolve(data: data, environment: environment), imageSize: imageSize, seed: seed,
            environment: environment, progress: { _, _ in })
        let laboratory = InversionLaboratory(
            images: loaded, hospitals: hospitals, epsilon: epsilon, steps: steps, seed: seed)
        let study = try laboratory.study(victims: images, version: Cordon.version) { done, all in
            StandardStreams.write("\(done) of \(all) images\n", to: .standardError)
        }
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        try study.json().write(to: URL(fileURLWithPath: "\(out)/inversion.json"), options: .atomic)
        let page = "\(out)/inversion.html"
        try Data(renderInversionStudy(study).utf8).write(to: URL(fileURLWithPath: page), options: .atomic)
        guard !json else { return try StandardStreams.write(json: InversionFigures(study)) }
        for line in InversionFigures(study).lines { StandardStreams.write(line + "\n", to: .standardOutput) }
        StandardStreams.write("report   \(page)\n", to: .standardOutput)
    }
}

/// The figures of a study without its pictures.
private struct InversionFigures: Encodable {
    struct Figure: Encodable {
        let model: String
        let view: InversionStudy.View
        let peakSignalToNoise: Double
        let structuralSimilarity: Double
    }

    let images: Int
    let hospitals: Int
    let epsilon: Double
    let figures: [Figure]
    let lines: [String]

    private enum CodingKeys: String, CodingKey { case images, hospitals, epsilon, figures }

    init(_ study: InversionStudy) {
        images = Set(study.attacks.map(\.image)).count
        hospitals = study.hospitals
        epsilon = study.epsilon
        figures = study.models.flatMap { model in
            InversionStudy.View.allCases.map { view in
                let means = study.means(model, view)
                return Figure(
                    model: model, view: view, peakSignalToNoise: means.peakSignalToNoise,
                    structuralSimilarity: means.structuralSimilarity)
            }
        }
        lines = figures.map { figure in
            "\(figure.model), \(study.name(of: figure.view)): "
                + "\(Figures.decimal(figure.peakSignalToNoise, digits: 1)) dB, SSIM "
                + Figures.decimal(figure.structuralSimilarity)
        }
    }
}
