import Foundation
import MedicalImaging
import Testing

/// The built program from a real Orthanc into a sealed store.
@Suite(.serialized, .enabled(if: Orthanc.isInstalled, "needs Orthanc, its DICOMweb plugin and curl"))
struct PACSIngestTests {
    private struct Run {
        let status: Int32
        let output: String
        let errors: String
    }

    private func run(_ arguments: [String]) throws -> Run {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("cordon")
        try #require(FileManager.default.isExecutableFile(atPath: program.path), "not built: swift build first")
        let process = Process()
        process.executableURL = program
        process.arguments = ["images"] + arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let texts = [output, errors].map {
            String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        process.waitUntilExit()
        return Run(status: process.terminationStatus, output: texts[0], errors: texts[1])
    }

    private func arguments(_ orthanc: Orthanc, _ more: [String]) throws -> [String] {
        _ = try orthanc.server()
        let rules = """
            from: tags
            rules:
              - label: clear
                where: {PatientID: "MRN0"}
              - label: opacity
                where: {PatientID: "MRN*"}
            """
        try Data(rules.utf8).write(to: URL(fileURLWithPath: orthanc.folder + "/labels.yaml"))
        return [
            "ingest", "--from", orthanc.address + "/dicom-web", "--user", "research", "--password-file",
            orthanc.folder + "/password-9", "--modality", "DX", "--to", orthanc.folder + "/store", "--key",
            orthanc.folder + "/key", "--size", "16",
        ] + more
    }

    private func labels(_ orthanc: Orthanc) -> [String] { ["--labels", orthanc.folder + "/labels.yaml"] }

    @Test func imagesGoIntoTheStoreAndNothingIdentifiedRemains() throws {
        let orthanc = try Orthanc()
        defer { orthanc.stop() }
        for number in 0..<8 { _ = try orthanc.store(number: number, modality: number < 6 ? "DX" : "CT") }
        let arguments = try arguments(orthanc, labels(orthanc) + ["--deidentify", "basic"])
        let first = try run(arguments + ["--new-key"])
        try #require(first.status == 0, "\(first.errors)")
        #expect(first.errors.contains("6 images: 6 sealed") || first.output.contains("6 images: 6 sealed"))
        #expect(!FileManager.default.fileExists(atPath: orthanc.folder + "/store.fetched"))
        // The server's own storage lies below the same folder.
        let names = try FileManager.default.subpathsOfDirectory(atPath: orthanc.folder).filter {
            !$0.hasPrefix("storage") && $0 != "upload.dcm"
        }
        for name in names {
            guard let content = FileManager.default.contents(atPath: "\(orthanc.folder)/\(name)") else { continue }
            #expect(content.range(of: Data("Doe^Jane".utf8)) == nil, "\(name)")
        }
        let report = try run([
            "report", "--store", orthanc.folder + "/store", "--key", orthanc.folder + "/key", "--json",
        ])
        #expect(report.output.contains("\"images\" : 6") && report.output.contains("\"patients\" : 3"))
        let again = try run(arguments)
        #expect(again.status == 0 && (again.errors + again.output).contains("6 in the store already"))
        #expect(!FileManager.default.fileExists(atPath: orthanc.folder + "/store.fetched"))
    }

    @Test func withoutDeidentificationOrLabelsItIsRefused() throws {
        let orthanc = try Orthanc()
        defer { orthanc.stop() }
        _ = try orthanc.store(number: 0, modality: "DX")
        let open = try run(try arguments(orthanc, labels(orthanc) + ["--new-key"]))
        #expect(open.status == 64 && open.errors.contains("--deidentify"))
        let unlabelled = try run(try arguments(orthanc, ["--deidentify", "basic", "--new-key"]))
        #expect(unlabelled.status == 64 && unlabelled.errors.contains("--labels"))
        #expect(!FileManager.default.fileExists(atPath: orthanc.folder + "/store.fetched"))
        let folder = try run([
            "ingest", "--from", orthanc.folder, "--modality", "DX", "--to", orthanc.folder + "/s", "--key", "k",
        ])
        #expect(folder.status == 64)
    }

    /// A run that was stopped left files of its own; the next takes them along and away.
    @Test func aStoppedRunGoesOnAndCleansUp() throws {
        let orthanc = try Orthanc()
        defer { orthanc.stop() }
        for number in 0..<4 { _ = try orthanc.store(number: number, modality: "DX") }
        let arguments = try arguments(orthanc, labels(orthanc) + ["--deidentify", "basic", "--new-key"])
        let folder = orthanc.folder + "/store.fetched"
        let fetch = try run([
            "fetch", "--from", orthanc.address + "/dicom-web", "--user", "research", "--password-file",
            orthanc.folder + "/password-9", "--limit", "2", "--to", folder,
        ])
        try #require(fetch.status == 0, "\(fetch.errors)")
        let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o700)
        let run = try run(arguments)
        try #require(run.status == 0, "\(run.errors)")
        #expect((run.errors + run.output).contains("4 images: 4 sealed"))
        #expect(!FileManager.default.fileExists(atPath: folder))
    }
}
