import ArgumentParser
import Foundation
import MedicalImaging

/// `cordon images synthesize`: made-up radiographs, to try everything out without a patient.
struct ImagesSynthesizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synthesize",
        abstract: "Make images that look like chest radiographs and say nothing about medicine.",
        discussion: """
            Two classes, clear lungs or lungs with opacities; 1 to 3 images a patient; PNG files below their \
            class, and manifest.csv. The same number, size and seed give the same files.

            EXAMPLE
              cordon images synthesize --to radiographs --count 300 --seed 1
            """)

    @Option(help: ArgumentHelp("New or empty directory.", valueName: "directory"))
    var to: String

    @Option(help: "Number of images, 40 or more.")
    var count = 300

    @Option(help: "Side of an image in pixels.")
    var size = 64

    @Option(help: "Other seeds give other patients.")
    var seed: UInt64 = 1

    @Flag(help: "Print the number of images as JSON.")
    var json = false

    private struct Output: Encodable {
        let images: Int
        let patients: Int
        let classes: [String]
        let isSynthetic = true
    }

    func run() throws {
        guard (16...1024).contains(size) else {
            throw CommandFailure(.usage, "--size \(size): an image has 16 to 1024 pixels a side")
        }
        let images = try makeSyntheticRadiographs(count: count, imageSize: size, seed: seed)
        try images.write(to: to)
        if json {
            return try StandardStreams.write(
                json: Output(
                    images: images.samples.count, patients: Set(images.samples.map(\.patient)).count,
                    classes: images.classNames))
        }
        StandardStreams.write(
            "\(images.samples.count) synthetic images in \(to): they say nothing about medicine\n", to: .standardOutput)
    }
}
