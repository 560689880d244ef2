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

    @Option(help: ArgumentHelp("Only this modality: CR, DX, CT, MR ….", valueName: "code"))
    var modality: String?

    @Option(help: ArgumentHelp("Only studies of a day or days: 20240131, 20240101-20241231.", valueName: "dates"))
    var studyDate: String?

    @Option(help: ArgumentHelp("Only this body part, as CHEST.", valueName: "name"))
    var bodyPart: String?

    @Option(help: ArgumentHelp("Only studies described so; * stands for anything.", valueName: "pattern"))
    var studyDescription: String?

    @Option(help: ArgumentHelp("Most instances to fetch.", valueName: "number"))
    var limit = 1_000_000

    @Option(help: ArgumentHelp("User, with --password-file.", valueName: "name"))
    var user: String?

    @Option(help: ArgumentHelp("File with the password in its first line.", valueName: "file"))
    var passwordFile: String?

    @Option(help: ArgumentHelp("File with a bearer token in its first line.", valueName: "file"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("Authorities to trust instead of the system's, PEM.", valueName: "file"))
    var authorities: String?

    @Option(help: ArgumentHelp("This site's certificate, PEM, with --certificate-key.", valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp("Its private key, PEM.", valueName: "file"))
    var certificateKey: String?

    @Flag(help: "Allow http:// to other machines: everything can be read on the way.")
    var insecureHttp = false

    @Flag(help: "Search and count, and fetch nothing.")
    var dryRun = false

    @Flag(help: "Print the outcome as JSON.")
    var json = false

    func run() throws {
        guard limit > 0 else { throw CommandFailure(.usage, "--limit \(limit): must be positive") }
        let server = try DICOMwebServer(
            root: from, credentials: try credentials(), authorityFile: authorities, certificateFile: certificate,
            keyFile: certificateKey, allowsInsecureHTTP: insecureHttp)
        var query = DICOMwebQuery()
        query.modality = modality
        query.studyDate = studyDate
        query.bodyPart = bodyPart
        query.studyDescription = studyDescription
        let progress = TerminalProgress(isQuiet: json)
        let outcome = try ArchiveFetch(server).run(query, to: to, limit: limit, isDryRun: dryRun) {
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

    private func credentials() throws -> DICOMwebServer.Credentials {
        switch (user, passwordFile, tokenFile) {
        case (nil, nil, nil): return .none
        case (let user?, let file?, nil): return .basic(user: user, passwordFile: file)
        case (nil, nil, let file?): return .bearer(tokenFile: file)
        default: throw CommandFailure(.usage, "give --user with --password-file, or --token-file, or none of them")
        }
    }
}
