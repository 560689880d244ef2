import ArgumentParser
import Foundation
import ImageWorkers
import MedicalImaging

/// `cordon images inspect`: one DICOM or NIfTI file, explained.
struct ImagesInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Explain how one DICOM or NIfTI file is read: encoding, size, window, orientation.",
        discussion: """
            Prints nothing of the patient. A file that cannot be read is refused with the reason; training and ingest \
            refuse it in the same words.

            EXAMPLES
              cordon images inspect chest.dcm
              cordon images inspect brain.nii.gz --frame 40 --json

            \(ExitStatus.table)
            """)

    @Argument(help: ArgumentHelp("The DICOM or NIfTI file.", valueName: "file"))
    var file: String

    @Option(
        help: ArgumentHelp(
            "Frame, from 0; of a volume the axial slice, from the feet. (default: 0; the middle slice)",
            valueName: "number"))
    var frame: Int?

    @Flag(help: "Print the explanation as JSON.")
    var json = false

    func run() throws {
        guard FileManager.default.fileExists(atPath: file) else {
            throw ImagingError(.missingPath, "The file: there is no file at \(file).")
        }
        switch try ImagesWorkerCommand.pool(workers: 1).explanation(of: file, frame: frame) {
        case .dicom(let own): try show(own, text(own))
        case .volume(let own): try show(own, text(own))
        }
    }

    private func show(_ explanation: some Encodable, _ text: String) throws {
        guard json else { return StandardStreams.write(text, to: .standardOutput) }
        try StandardStreams.write(json: explanation)
    }

    private func text(_ own: ImageExplanation.Dicom) -> String {
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

    private func text(_ own: ImageExplanation.Volume) -> String {
        let absent = own.voxelsWithoutValue > 0 ? "; \(own.voxelsWithoutValue) voxels are no number" : ""
        return """
            encoding     \(own.encoding)
            size         \(own.columns) × \(own.rows), \(own.slices) axial slices, \
            \(own.volumes) \(own.volumes == 1 ? "volume" : "volumes")
            voxels       \(own.datatype), \(own.scaling)
            slice        \(own.slice) from the feet, from 0
            window       the slice's range \(own.low) to \(own.high)\(absent)
            orientation  axes of the file to \(own.orientation); shown with rows to L, columns to P
            mean grey    \(String(format: "%.3f", own.meanGrey)) of 1

            """
    }
}
