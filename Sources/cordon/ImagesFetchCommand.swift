import ArgumentParser
import DICOMweb
import Foundation
import MedicalImaging
import Simulation

/// `cordon images fetch`: from a PACS into a folder.
struct ImagesFetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Fetch DICOM files from a PACS by DICOMweb (QIDO-RS, WADO-RS).",
        discussion: """
            Stopped at any moment and run again, the command fetches what is missing. The folder then holds patients' \
            data as the PACS has them: label them, take them into a sealed store, and delete it. Names of files say \
            nothing of the patient. Passwords and tokens come from files and are never shown.

            EXAMPLES
              cordon images fetch --from https://pacs/dicom-web --modality DX --body-part CHEST --to archive \\
                --user research --password-file password.txt
              cordon images label --from archive --labels labels.yaml --out archive/manifest.csv
              cordon images ingest --from archive --deidentify basic --to store --key store.key --new-key

            \(ExitStatus.table)
            """)

    @Option(help: ArgumentHelp("Root of the server's DICOMweb services.", valueName: "url"))
    var from: String

    @Option(help: ArgumentHelp("Folder for the files, mode 0700.", valueName: "directory"))
    var to: String

    @OptionGroup(title: "What to fetch, and who asks")
    var archive: PACSOptions

    @Flag(help: "Search and count, and fetch nothing.")
    var dryRun = false

    @Flag(help: "Print the outcome as JSON.")
    var json = false

    func run() throws {
        let progress = TerminalProgress(isQuiet: json)
        let outcome = try ArchiveFetch(archive.server(at: from)).run(
            archive.query, to: to, limit: archive.limit, isDryRun: dryRun
        ) {
            progress.report(.loading(done: $0, total: $1))
        }
        guard !json else { return try StandardStreams.write(json: outcome) }
        var lines = [
            "found    \(outcome.found) instances",
            "fetched  \(outcome.fetched) (\(outcome.bytes) bytes), \(outcome.alreadyPresent) were there already",
        ]
        lines += outcome.failed.sorted { $0.key < $1.key }.map { "failed   \($0.value) (\($0.key))" }
        if !dryRun { lines.append("note     \(to) holds identified data until it is deleted") }
        StandardStreams.write(lines.joined(separator: "\n") + "\n", to: .standardOutput)
    }
}
