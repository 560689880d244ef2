import ArgumentParser
import Foundation
import MedicalImaging

/// `cordon images inspect`: one DICOM file, explained.
struct ImagesInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Explain how one DICOM file is read: encoding, size, window, orientation.",
        discussion: """
            Prints nothing of the patient. A file that cannot be read is refused with the reason; training and ingest \
            refuse it in the same words.
            """)

    @Argument(help: ArgumentHelp("The DICOM file.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("Frame, from 0.", valueName: "number"))
    var frame = 0

    @Flag(help: "Print the explanation as JSON.")
    var json = false

    private struct Explanation: Encodable {
        let transferSyntax: String
        let transferSyntaxName: String
        let columns: Int
        let rows: Int
        let frames: Int
        let channels: Int
        let bitsStored: Int
        let bitsAllocated: Int
        let isSigned: Bool
        let photometric: String
        let window: String
        let orientation: String?
        let isTurned: Bool
        let meanGrey: Double
    }

    func run() throws {
        let dicom = try DicomFile(
            readFile(file, missing: .missingPath, what: "The DICOM file"), file: file)
        let image = try DicomImage(dicom, frame: frame)
        let layout = dicom.layout
        let grey = image.grey.samples
        let explanation = Explanation(
            transferSyntax: layout.transferSyntax, transferSyntaxName: layout.syntaxName, columns: layout.columns,
            rows: layout.rows, frames: layout.frames, channels: layout.channels, bitsStored: layout.bitsStored,
            bitsAllocated: layout.bitsAllocated, isSigned: layout.isSigned, photometric: layout.photometric,
            window: image.window, orientation: image.orientation.map { "\($0.row)\\\($0.column)" },
            isTurned: image.orientation.map { !$0.isUsual } ?? false,
            meanGrey: grey.reduce(0) { $0 + Double($1) } / (65_535 * Double(grey.count)))
        if json {
            try StandardStreams.write(json: explanation)
        } else {
            StandardStreams.write(text(explanation), to: .standardOutput)
        }
    }

    private func text(_ own: Explanation) -> String {
        let orientation =
            own.orientation.map {
                "rows to \($0.prefix(1)), columns to \($0.suffix(1)): "
                    + (own.isTurned ? "turned to rows L or P, columns F or P" : "as usual, left as it is")
            } ?? "not stated; left as it is"
        return """
            encoding     \(own.transferSyntaxName) (\(own.transferSyntax))
            size         \(own.columns) × \(own.rows), \(own.frames) \(own.frames == 1 ? "frame" : "frames")
            pixels       \(own.photometric), \(own.channels) × \(own.bitsStored) of \(own.bitsAllocated) bits, \
            \(own.isSigned ? "signed" : "unsigned")
            window       \(own.window)
            orientation  \(orientation)
            mean grey    \(String(format: "%.3f", own.meanGrey)) of 1, after window and inversion

            """
    }
}
