import ArgumentParser
import Foundation
import MedicalImaging

/// Where the detector sees text in images, for a program that knows where there is some: a line of JSON an image.
@main
struct BurnedInTextBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "BurnedInTextBenchmark",
        abstract: "Print the rectangles of text found in each image: name, milliseconds, [x, y, width, height] ….")

    @Argument(help: "Files with names of JPEG, PNG or DICOM images, one a line.")
    var lists: [String]

    @Flag(help: "Print every line of pieces with its features, text or not: what the weights are fitted to.")
    var candidates = false

    private struct Row: Encodable {
        let file: String
        let box: [Int]
        let features: [Double]
    }

    private struct Line: Encodable {
        let file: String
        let milliseconds: Double
        let regions: [[Int]]
    }

    func run() throws {
        let detector = BurnedInTextDetector()
        let clock = ContinuousClock()
        for list in lists {
            for name in try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n") {
                let bytes = try readFile(String(name), missing: .missingImage, what: "Image")
                let plane = GreyPlane(try GreyImage(decoding: bytes, file: String(name)))
                var regions: [PixelRectangle] = []
                let elapsed = clock.measure { regions = detector.regions(in: plane) }
                guard !candidates else {
                    for candidate in detector.candidates(in: plane) {
                        try write(Row(file: String(name), box: candidate.box.numbers, features: candidate.features))
                    }
                    continue
                }
                let line = Line(
                    file: String(name), milliseconds: elapsed / .milliseconds(1),
                    regions: regions.map(\.numbers))
                try write(line)
            }
        }
    }

    private func write(_ line: some Encodable) throws {
        FileHandle.standardOutput.write(try JSONEncoder().encode(line) + Data("\n".utf8))
    }
}

extension PixelRectangle {
    fileprivate var numbers: [Int] { [x, y, width, height] }
}
