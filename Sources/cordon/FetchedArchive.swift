import DICOMweb
import Foundation
import MedicalImaging
import Simulation

/// Images of a PACS in a folder of its owner only, with labels, for as long as an ingest takes.
struct FetchedArchive {
    let folder: String
    let outcome: ArchiveFetch.Outcome
    let labelled: LabelledArchive

    /// Fetches what is missing in the folder, which an earlier run may have left when it was stopped.
    ///
    /// - Throws: `DICOMwebError`, `ImagingError` or `CommandFailure`; the folder stays then, to go on from.
    init(
        from address: String, _ options: PACSOptions, labels: String, in folder: String,
        progress: TerminalProgress
    ) throws {
        self.folder = folder
        let rules = try LabelRules(file: labels)
        let show = { (done: Int, total: Int) in progress.report(.loading(done: done, total: total)) }
        outcome = try ArchiveFetch(options.server(at: address)).run(
            options.query, to: folder, limit: options.limit, isDryRun: false, progress: show)
        guard outcome.found > 0 else {
            throw CommandFailure(.missingInput, "\(address) has no instance that meets what was asked for")
        }
        labelled = try LabelledArchive(from: folder, rules: rules, progress: show)
        guard !labelled.counts.isEmpty else {
            throw CommandFailure(.badData, "\(labels): no rule meets any of the \(outcome.found) instances")
        }
        try writeAtomically(Array(labelled.manifest.utf8), to: "\(folder)/manifest.csv", mode: 0o600, isDurable: false)
    }

    /// What was fetched and not taken in.
    var text: String {
        var lines = ["found    \(outcome.found) instances"]
        lines += outcome.failed.sorted { $0.key < $1.key }.map { "failed   \($0.value) (\($0.key))" }
        lines.append("labels   \(labelled.unmatched) met by no rule, \(labelled.unreadable) no readable DICOM")
        return lines.joined(separator: "\n") + "\n"
    }

    static func isAddress(_ text: String) -> Bool {
        let lower = text.lowercased()
        return lower.hasPrefix("https://") || lower.hasPrefix("http://")
    }

    /// Takes the folder away, with all that is in it.
    static func remove(_ folder: String) throws {
        guard FileManager.default.fileExists(atPath: folder) else { return }
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            throw CommandFailure(
                .inputOutput, "\(folder) holds identified images and cannot be removed; delete it by hand")
        }
    }
}
