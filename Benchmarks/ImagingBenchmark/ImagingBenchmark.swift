import ArgumentParser
import BareImageLibraries
import CImage
import Foundation
import MedicalImaging

/// Images for `Scripts/bench-imaging.sh`, and what the libraries alone need to decode them.
@main
struct ImagingBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ImagingBenchmark", subcommands: [MakeImages.self, DecodeBare.self])
}

/// Writes images like radiographs: smooth shapes under the noise of a detector.
struct MakeImages: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "make")

    @Argument var directory: String
    @Option var count: Int
    @Option var side: Int
    /// 8 writes JPEG of quality 85 in colour, 16 PNG.
    @Option var bits: Int
    /// Standard deviation of the noise, in steps of 1/255 of the range.
    @Option var noise = 1.0

    func run() throws {
        for index in 0..<count {
            var generator = SeededGenerator(seed: UInt64(index), label: "benchmark image")
            let shades = shades(using: &generator)
            let name = "\(directory)/\(index % 2 == 0 ? "NORMAL" : "PNEUMONIA")/image-\(index)"
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: name).deletingLastPathComponent().path, withIntermediateDirectories: true)
            var bytes: UnsafeMutablePointer<UInt8>?
            var length = 0
            let status =
                bits == 8
                ? cordon_jpeg_encode(
                    shades.flatMap { [UInt8](repeating: UInt8($0 * 255), count: 3) }, UInt32(side), UInt32(side), 3, 85,
                    &bytes, &length)
                : cordon_png_encode(
                    shades.map { UInt16($0 * 65_535) }, UInt32(side), UInt32(side), 16, 1, &bytes, &length)
            guard status == 0, let bytes else { throw ExitCode.failure }
            defer { cordon_bytes_free(bytes) }
            try Data(bytes: bytes, count: length).write(to: URL(fileURLWithPath: name + (bits == 8 ? ".jpg" : ".png")))
        }
    }

    private func profile(of width: Double, using generator: inout SeededGenerator) -> [Double] {
        let centre = Double.random(in: 0...1, using: &generator)
        return (0..<side).map { exp(-pow((Double($0) / Double(side) - centre) / width, 2) / 2) }
    }

    /// In 0...1.
    private func shades(using generator: inout SeededGenerator) -> [Double] {
        // Each body is a Gaussian: a product of one profile across and one down.
        let bodies = (0..<6).map { _ in
            let width = Double.random(in: 0.05...0.3, using: &generator)
            return (profile(of: width, using: &generator), profile(of: width, using: &generator))
        }
        // A sum of four uniform numbers is near enough to a Gaussian here.
        let scale = noise / 255 * 3.0.squareRoot()
        return (0..<side * side).map { index in
            let (row, column) = index.quotientAndRemainder(dividingBy: side)
            var body = 0.1
            for (across, down) in bodies { body += 0.4 * across[column] * down[row] }
            let random = generator.next()
            var grain = -2.0
            for part in 0..<UInt64(4) { grain += Double((random >> (16 * part)) & 0xffff) / 65_536 }
            return min(1, max(0, body + grain * scale))
        }
    }
}

/// Prints seconds that libjpeg-turbo and libpng alone need for all images of a folder.
struct DecodeBare: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "bare")

    @Argument var directory: String

    func run() throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: directory).sorted()
        let clock = ContinuousClock()
        var elapsed = Duration.zero
        for name in names where name.hasSuffix(".jpg") || name.hasSuffix(".png") {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)")))
            var status: Int32 = 0
            elapsed += clock.measure {
                status = name.hasSuffix(".jpg") ? bare_jpeg(bytes, bytes.count) : bare_png(bytes, bytes.count)
            }
            guard status == 0 else { throw ExitCode.failure }
        }
        print(elapsed / .seconds(1))
    }
}
