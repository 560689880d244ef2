import Foundation
import MedicalImaging
import Testing

@testable import DICOMweb

/// Search and retrieval against a real Orthanc with its DICOMweb plugin, on loopback.
@Suite(.serialized, .enabled(if: Orthanc.isInstalled, "needs Orthanc, its DICOMweb plugin and curl"))
struct OrthancTests {
    @Test func whatWasStoredIsFetchedByteForByteAndOnlyOnce() throws {
        let orthanc = try Orthanc()
        defer { orthanc.stop() }
        let files = try (0..<7).map { try orthanc.store(number: $0, modality: $0 < 5 ? "DX" : "CT") }
        let fetch = try ArchiveFetch(try orthanc.server())
        var query = DICOMwebQuery()
        query.modality = "DX"
        let counted = try fetch.run(query, to: orthanc.folder + "/out", limit: 100, isDryRun: true) { _, _ in }
        #expect(counted.found == 5 && !FileManager.default.fileExists(atPath: orthanc.folder + "/out"))
        let outcome = try fetch.run(query, to: orthanc.folder + "/out", limit: 100, isDryRun: false) { _, _ in }
        #expect(outcome.fetched == 5 && outcome.failed.isEmpty)
        let names = try FileManager.default.contentsOfDirectory(atPath: orthanc.folder + "/out")
        let fetched = try Set(names.map { try Data(contentsOf: URL(fileURLWithPath: "\(orthanc.folder)/out/\($0)")) })
        #expect(fetched == Set(files.prefix(5).map { Data($0) }))
        try FileManager.default.removeItem(atPath: "\(orthanc.folder)/out/\(names[0])")
        let again = try fetch.run(query, to: orthanc.folder + "/out", limit: 100, isDryRun: false) { _, _ in }
        #expect(again.fetched == 1 && again.alreadyPresent == 4)
        let all = try fetch.run(DICOMwebQuery(), to: orthanc.folder + "/all", limit: 3, isDryRun: false) { _, _ in }
        #expect(all.found == 3 && all.fetched == 3)
    }

    @Test func aWrongPasswordIsToldAndNotShown() throws {
        let orthanc = try Orthanc()
        defer { orthanc.stop() }
        do {
            let fetch = try ArchiveFetch(try orthanc.server(password: "wrong-secret"), retries: 0)
            _ = try fetch.run(DICOMwebQuery(), to: orthanc.folder + "/out", limit: 1, isDryRun: false) { _, _ in }
            Issue.record("let in")
        } catch let error as DICOMwebError {
            #expect(error.code == .refused && !error.message.contains("wrong-secret"))
        }
    }

    @Test func aServerThatDiesInTheMiddleLosesNothing() throws {
        let orthanc = try Orthanc()
        defer { orthanc.stop() }
        for number in 0..<4 { _ = try orthanc.store(number: number, modality: "DX") }
        let fetch = try ArchiveFetch(try orthanc.server(), retries: 0)
        let out = orthanc.folder + "/out"
        #expect(throws: DICOMwebError.self) {
            _ = try fetch.run(DICOMwebQuery(), to: out, limit: 9, isDryRun: false) { done, _ in
                if done == 2 { orthanc.pause() }
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: out).count == 2)
        try orthanc.start()
        let outcome = try fetch.run(DICOMwebQuery(), to: out, limit: 9, isDryRun: false) { _, _ in }
        #expect(outcome.fetched == 2 && outcome.alreadyPresent == 2)
    }

    @Test func anAddressWithoutDICOMwebIsNamed() throws {
        let orthanc = try Orthanc()
        defer { orthanc.stop() }
        do {
            let fetch = try ArchiveFetch(try orthanc.server(path: "/nothing-here"), retries: 0)
            _ = try fetch.run(DICOMwebQuery(), to: orthanc.folder + "/out", limit: 1, isDryRun: false) { _, _ in }
            Issue.record("found")
        } catch let error as DICOMwebError {
            #expect(error.code == .notFound)
        }
    }
}
