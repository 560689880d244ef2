import ArgumentParser
import Foundation
import ImageWorkers
import MedicalImaging
import Simulation

/// `cordon images ingest`: prepares images and seals them at rest.
struct ImagesIngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Prepare images and seal them in a store that only its key opens.",
        discussion: """
            Every sample is sealed by AES-256-GCM under a key of its own. Patients become pseudonyms; who they are is \
            sealed in a map outside the store, under another key. Without a given split, a keyed hash of the pseudonym \
            puts each patient on one side for good. Stopped at any moment and run again, the command goes on where it \
            was. Keep both keys and KEY.anchor, by which an older copy of the store is found out, where the store is \
            not: without the key nothing opens it. Images are JPEG, PNG, DICOM (the first frame) or NIfTI (axial \
            slices of the first volume). From a PACS, images lie in TO.fetched, for their owner only, until all \
            are sealed; a run that was stopped goes on from there, and takes the folder away.

            EXAMPLES
              cordon images ingest --from archive --to store --key store.key --new-key
              cordon images ingest --from manifest.csv --to store --key passphrase.txt --passphrase --size 28
              cordon images ingest --from dicom --deidentify basic --pixels blank --to store --key store.key
              cordon images ingest --from https://pacs/dicom-web --modality DX --labels labels.yaml \
                --deidentify basic --to store --key store.key --new-key
              cordon simulate --data store --data-key store.key --out run

            \(ExitStatus.table)
            """)

    @Option(
        help: ArgumentHelp(
            "A manifest CSV, a folder per class, a MedMNIST .npz, or a PACS: the root of its DICOMweb (https://…).",
            valueName: "path or url"))
    var from: String

    @Option(help: ArgumentHelp("Directory of the store, made where there is none.", valueName: "directory"))
    var to: String

    @Option(help: ArgumentHelp("File of 32 random bytes that opens the store, mode 0600.", valueName: "file"))
    var key: String

    @Flag(help: "Make the key files first; existing ones are never overwritten.")
    var newKey = false

    @Flag(help: "The key file holds a passphrase, stretched by scrypt (N = 2^17, r = 8, p = 1).")
    var passphrase = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Side length to which images are resized, in pixels.", valueName: "pixels"))
    var size = 64

    @Option(
        help: ArgumentHelp(
            "Samples of each volume (NIfTI): axial slices, evenly spaced; 1 is the middle one.", valueName: "number"))
    var slices = 1

    @Option(help: ArgumentHelp("Sealed map from pseudonyms to patients. (default: TO.pseudonyms)", valueName: "file"))
    var pseudonyms: String?

    @Option(
        help: ArgumentHelp("Key of that map, made with --new-key. (default: KEY.pseudonyms)", valueName: "file"))
    var pseudonymKey: String?

    @Option(
        help: ArgumentHelp(
            "Take samples from DICOM files only after de-identification: basic, or a YAML file.",
            valueName: "name or file"))
    var deidentify: String?

    @Option(
        help: ArgumentHelp(
            "With --deidentify, text in pixels: \(PixelPolicy.allCases.map(\.rawValue).joined(separator: " or ")).",
            valueName: "policy"))
    var pixels: PixelPolicy?

    @Option(
        help: ArgumentHelp("With --deidentify: a page on what was done, for whoever answers for it.", valueName: "file")
    )
    var report: String?

    @Option(help: ArgumentHelp("From a PACS: label rules, YAML (see cordon images label).", valueName: "file"))
    var labels: String?

    @OptionGroup(title: "From a PACS: what to fetch, and who asks")
    var archive: PACSOptions

    @Option(help: ArgumentHelp("Most seconds for a small file; 2 more for every MiB.", valueName: "seconds"))
    var fileSeconds = ImagesWorkerCommand.defaultSecondsPerFile

    func run() throws {
        guard pixels == nil || deidentify != nil else {
            throw CommandFailure(
                .usage, "--pixels is part of de-identification: add --deidentify basic")
        }
        guard report == nil || deidentify != nil else {
            throw CommandFailure(.usage, "--report tells of de-identification: it needs --deidentify")
        }
        guard (16...1024).contains(size) else {
            throw CommandFailure(.usage, "--size \(size): must lie in 16 … 1024 pixels")
        }
        guard (1...SliceChoice.countLimit).contains(slices) else {
            throw CommandFailure(.usage, "--slices \(slices): must lie in 1 … \(SliceChoice.countLimit)")
        }
        let isFromPACS = FetchedArchive.isAddress(from)
        guard isFromPACS || (labels == nil && !archive.areGiven) else {
            throw CommandFailure(
                .usage, "--labels and the options of a PACS go with --from https://…; use cordon images label for files"
            )
        }
        guard !isFromPACS || deidentify != nil else {
            throw CommandFailure(.usage, "images of a PACS bear patients' names: add --deidentify basic")
        }
        guard !isFromPACS || labels != nil else {
            throw CommandFailure(.usage, "images of a PACS have no class: add --labels with a file of rules")
        }
        guard !(newKey && passphrase) else {
            throw CommandFailure(.usage, "--new-key makes random keys: with --passphrase, write the file yourself")
        }
        var policy = try deidentify.map(DeidentificationPolicy.init(named:))
        if let pixels { policy?.pixels = pixels }
        let progress = TerminalProgress(isQuiet: false)
        let show = { (done: Int, total: Int) in progress.report(.loading(done: done, total: total)) }
        let folder = URL(fileURLWithPath: to).standardizedFileURL.path + ".fetched"
        var fetched: FetchedArchive?
        if isFromPACS, let labels {
            do {
                fetched = try FetchedArchive(from: from, archive, labels: labels, in: folder, progress: progress)
            } catch {
                if FileManager.default.fileExists(atPath: folder) {
                    progress.report(.note("\(folder) holds identified images: run again to go on, or delete it"))
                }
                throw error
            }
        }
        let sources = try SourceImages(from: fetched?.folder ?? from, imageSize: size, slices: slices, progress: show)
        var generator = SystemRandomNumberGenerator()
        let keyFile = StoreKeyFile(key)
        let mapKey = StoreKeyFile(pseudonymKey ?? "\(key).pseudonyms")
        if newKey {
            try keyFile.makeNew(using: &generator)
            if pseudonymKey == nil || !mapKey.exists { try mapKey.makeNew(using: &generator) }
        } else if passphrase && pseudonymKey == nil && !mapKey.exists {
            try mapKey.makeNew(using: &generator)
        }
        let store =
            SealedStore.isStore(at: to)
            ? try SealedStore(opening: to, with: keyFile)
            : try SealedStore(makingAt: to, with: keyFile, isPassphrase: passphrase, using: &generator)
        let record = RecordedDeidentification()
        let deidentifier = try policy.map { try Deidentifier(keyFile: mapKey, policy: $0) }
        let setup = WorkerSetup(
            deidentification: policy.map { WorkerSetup.Deidentification(keyPath: mapKey.path, policy: $0) })
        let pool = try ImagesWorkerCommand.pool(setup, secondsPerFile: fileSeconds)
        var ingest = try StoreIngest(
            into: store, imageSize: size, slices: slices, mapPath: pseudonyms ?? Self.besides(to), mapKey: mapKey,
            preparation: pool.preparation(deidentification: deidentifier?.policyDigest, into: record),
            using: &generator)
        let outcome = try ingest.run(sources, using: &generator, progress: show)
        if let fetched {
            try FetchedArchive.remove(fetched.folder)
            StandardStreams.write(fetched.text, to: .standardOutput)
        }
        progress.report(.note(Self.text(outcome, of: sources.count)))
        if let deidentifier, let report {
            let page = DeidentificationPage(
                files: sources.count, skipped: outcome.alreadyPresent, record: record.current,
                deidentifier: deidentifier)
            try page.write(to: report)
            StandardStreams.write("page     \(report)\n", to: .standardOutput)
        }
        StandardStreams.write("report   cordon images report --store \(to) --key \(key)\n", to: .standardOutput)
    }

    /// `store/` and `store` have the same map beside them.
    private static func besides(_ store: String) -> String {
        URL(fileURLWithPath: store).standardizedFileURL.path + ".pseudonyms"
    }

    private static func text(_ outcome: IngestOutcome, of count: Int) -> String {
        var parts = ["\(count) images: \(outcome.added) sealed"]
        if outcome.alreadyPresent > 0 { parts.append("\(outcome.alreadyPresent) in the store already") }
        if outcome.resumed > 0 { parts.append("\(outcome.resumed) of them by an interrupted run") }
        let excluded = outcome.excluded.sorted { $0.key.rawValue < $1.key.rawValue }
        parts += excluded.map { "\($0.value) left out (\($0.key.rawValue))" }
        return parts.joined(separator: ", ")
    }
}
