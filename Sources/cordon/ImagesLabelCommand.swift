import ArgumentParser
import Foundation
import MedicalImaging
import Simulation

/// `cordon images label`: a class for every DICOM file of a folder.
struct ImagesLabelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Label DICOM files by a table of findings or by patterns on their attributes.",
        discussion: """
            Writes a manifest that images ingest reads. Rules are YAML; Examples/labels.yaml shows them. Values of \
            attributes are not printed.

            EXAMPLES
              cordon images label --from archive --labels labels.yaml --out archive/manifest.csv

            \(ExitStatus.table)
            """)

    @Option(help: ArgumentHelp("Folder of DICOM files, searched with its folders.", valueName: "directory"))
    var from: String

    @Option(help: ArgumentHelp("Label rules, YAML.", valueName: "file"))
    var labels: String

    @Option(help: ArgumentHelp("Manifest to write; paths in it are relative to --from. (default: FROM/manifest.csv)"))
    var out: String?

    @Flag(help: "Print the counts as JSON.")
    var json = false

    private struct Outcome: Encodable {
        let files: Int
        let labels: [String: Int]
        let unmatched: Int
        let unreadable: Int
    }

    func run() throws {
        let progress = TerminalProgress(isQuiet: json)
        let rules = try LabelRules(file: labels)
        let archive = try LabelledArchive(from: from, rules: rules) {
            progress.report(.loading(done: $0, total: $1))
        }
        try writeAtomically(
            Array(archive.manifest.utf8), to: out ?? "\(from)/manifest.csv", mode: 0o600, isDurable: false)
        guard !json else {
            return try StandardStreams.write(
                json: Outcome(
                    files: archive.files, labels: archive.counts, unmatched: archive.unmatched,
                    unreadable: archive.unreadable))
        }
        var lines = archive.counts.sorted { $0.key < $1.key }.map { "\($0.value) labelled \($0.key)" }
        lines.append("\(archive.unmatched) met by no rule, \(archive.unreadable) no readable DICOM")
        StandardStreams.write(lines.joined(separator: "\n") + "\n", to: .standardOutput)
    }
}
