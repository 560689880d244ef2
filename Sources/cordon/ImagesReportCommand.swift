import ArgumentParser
import Foundation
import MedicalImaging

/// `cordon images report`: what a store holds.
struct ImagesReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Count what a sealed store holds by class and split, with what was left out and why.",
        discussion: """
            No sample is decrypted and no patient named. A share of sideways images that stands out tells an archive \
            that was exported lying down.
            """)

    @Option(help: ArgumentHelp("Directory of the store.", valueName: "directory"))
    var store: String

    @Option(help: ArgumentHelp("File that opens the store: key or passphrase.", valueName: "file"))
    var key: String

    @Option(help: ArgumentHelp("The pseudonym map, to name the files that were left out.", valueName: "file"))
    var pseudonyms: String?

    @Option(help: ArgumentHelp("Key of that map. (default: KEY.pseudonyms)", valueName: "file"))
    var pseudonymKey: String?

    @Flag(help: "Print the report as JSON.")
    var json = false

    func run() throws {
        let map = pseudonyms.map { ($0, StoreKeyFile(pseudonymKey ?? "\(key).pseudonyms")) }
        let report = try StoreReport(of: SealedStore(opening: store, with: StoreKeyFile(key)), map: map)
        if json {
            try StandardStreams.write(json: report)
        } else {
            StandardStreams.write(text(report), to: .standardOutput)
        }
    }

    private func text(_ report: StoreReport) -> String {
        var lines = [
            "store          \(report.store), generation \(report.generation)",
            "samples        \(report.images) of \(report.imageSize) × \(report.imageSize) pixels, "
                + "\(report.patients) patients",
            "preprocessing  \(report.preprocessingDigest)", "",
            row(["class", "train", "validation", "test", "mean grey", "deviation", "sideways"]),
        ]
        for own in report.classes {
            lines.append(
                row([
                    own.name, "\(own.train)", "\(own.validation)", "\(own.test)",
                    String(format: "%.1f", own.meanGrey), String(format: "%.1f", own.meanDeviation),
                    String(format: "%.1f %%", 100 * own.sidewaysShare),
                ]))
        }
        lines.append("")
        for side in report.sides {
            lines.append("\(side.split.rawValue): \(side.images) images of \(side.patients) patients")
        }
        for exclusion in report.exclusions {
            lines.append("left out: \(exclusion.images) (\(exclusion.reason))")
            for file in exclusion.files ?? [] { lines.append("  \(file)") }
        }
        return (lines + report.notes).joined(separator: "\n") + "\n"
    }

    private func row(_ cells: [String]) -> String {
        let widths = [24, 8, 12, 8, 11, 11, 9]
        return zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(1, width - cell.count))
        }.joined()
    }
}
