import ArgumentParser
import Foundation
import ImageWorkers
import MedicalImaging
import Simulation

/// `cordon images deidentify`: an archive of DICOM files without its patients.
struct ImagesDeidentifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deidentify",
        abstract: "Write DICOM files anew without what identifies patients (PS3.15 Annex E, basic profile).",
        discussion: """
            Every attribute of Table E.1-1 (2024e) is removed, emptied or replaced, in nested sequences too; private \
            ones, overlays, preamble and meta header go. Patients and UIDs get substitutes by HMAC under the key: \
            the same in every file, and nothing to anybody without it. Files whose kind often bears text in the pixels \
            (ultrasound, secondary captures, angiography, endoscopy and the like) are held back unless they say they \
            bear none, and listed in TO.held-back.csv for a human. With --pixels blank every frame of every file is \
            searched for text instead, and what is found painted over; a single letter (L, R) stays. Faces stay.

            EXAMPLES
              cordon images deidentify --from archive --to clean --key site.key --new-key --pixels blank
              cordon images deidentify --from archive --to clean --key site.key --retain modified-dates,device \\
                --report report.html

            \(ExitStatus.table)
            """)

    @Option(help: ArgumentHelp("Folder of DICOM files, searched with its folders.", valueName: "directory"))
    var from: String

    @Option(help: ArgumentHelp("Folder for the files written anew.", valueName: "directory"))
    var to: String

    @Option(help: ArgumentHelp("File of 32 random bytes of this site, mode 0600.", valueName: "file"))
    var key: String

    @Flag(help: "Make the key file first; an existing one is never overwritten.")
    var newKey = false

    @Option(help: ArgumentHelp("basic, or a YAML file: profile, options, pixels.", valueName: "name or file"))
    var policy = "basic"

    @Option(
        help: ArgumentHelp(
            "What else to retain or clean: "
                + "\(DeidentificationOption.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "names"))
    var retain: String?

    @Option(
        help: ArgumentHelp(
            "Text in pixels, ahead of the policy: "
                + "\(PixelPolicy.allCases.map(\.rawValue).joined(separator: " or ")).",
            valueName: "policy"))
    var pixels: PixelPolicy?

    @Option(help: ArgumentHelp("A page on what was done, for whoever answers for it.", valueName: "file"))
    var report: String?

    @Option(help: ArgumentHelp("Most seconds for a small file; 2 more for every MiB.", valueName: "seconds"))
    var fileSeconds = ImagesWorkerCommand.defaultSecondsPerFile

    @Flag(help: "Print the outcome as JSON.")
    var json = false

    func run() throws {
        let policy = try chosenPolicy()
        let keyFile = StoreKeyFile(key)
        var generator = SystemRandomNumberGenerator()
        if newKey { try keyFile.makeNew(using: &generator) }
        let progress = TerminalProgress(isQuiet: json)
        let deidentifier = try Deidentifier(keyFile: keyFile, policy: policy)
        let setup = WorkerSetup(deidentification: .init(keyPath: key, policy: policy))
        let pool = try ImagesWorkerCommand.pool(setup, secondsPerFile: fileSeconds)
        let outcome = try DeidentifiedArchive(from: from, to: to, with: pool.deidentification) {
            progress.report(.loading(done: $0, total: $1))
        }
        if let report {
            try DeidentificationPage(
                files: outcome.files, skipped: 0, record: outcome.record, deidentifier: deidentifier
            ).write(to: report)
        }
        let summary = Summary(outcome, policyDigest: deidentifier.policyDigest)
        if json {
            try StandardStreams.write(json: summary)
        } else {
            StandardStreams.write(text(summary), to: .standardOutput)
        }
    }

    /// The file's policy, with what the flags add.
    private func chosenPolicy() throws -> DeidentificationPolicy {
        var chosen = try DeidentificationPolicy(named: policy)
        if let retain {
            do {
                let names = retain.split(separator: ",").map(String.init)
                chosen.options = try DeidentificationPolicy.checked(chosen.options.map(\.rawValue).sorted() + names)
            } catch let error as ImagingError {
                throw CommandFailure(.usage, "--retain: \(error.message)")
            }
        }
        if let pixels { chosen.pixels = pixels }
        return chosen
    }

    private struct Summary: Encodable {
        let files: Int
        let written: Int
        let removedElements: Int
        let replacedElements: Int
        let blankedFiles: Int
        let heldBack: [String: Int]
        let policyDigest: String
        let heldBackList: String?
        let attributes: [DeidentificationRecord.Attribute]

        init(_ outcome: DeidentifiedArchive, policyDigest: String) {
            files = outcome.files
            written = outcome.record.written
            removedElements = outcome.record.removedElements
            replacedElements = outcome.record.replacedElements
            blankedFiles = outcome.record.blankedFiles
            heldBack = Dictionary(uniqueKeysWithValues: outcome.record.heldBack.map { ($0.key.rawValue, $0.value) })
            self.policyDigest = policyDigest
            heldBackList = outcome.heldBackList
            attributes = outcome.record.attributes
        }
    }

    private func text(_ outcome: Summary) -> String {
        var lines = [
            "written    \(outcome.written) of \(outcome.files) files, in \(to)",
            "elements   \(outcome.removedElements) removed, \(outcome.replacedElements) replaced",
            "painted    over text in \(outcome.blankedFiles) files",
            "policy     \(outcome.policyDigest)",
        ]
        for (reason, count) in outcome.heldBack.sorted(by: { $0.key < $1.key }) {
            lines.append("held back  \(count) (\(reason))")
        }
        if let list = outcome.heldBackList { lines.append("list       \(list), for its owner only") }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension PixelPolicy: ExpressibleByArgument {}
