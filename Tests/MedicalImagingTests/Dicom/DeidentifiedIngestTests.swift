import Foundation
import Testing

@testable import MedicalImaging

/// DICOM files with identities, through de-identification into a store.
@Suite struct DeidentifiedIngestTests {
    private var fixture: StoreFixture
    private let record = RecordedDeidentification()

    init() throws {
        fixture = try StoreFixture(images: 4)
        for index in 0..<4 {
            let values = pattern(width: 20, height: 24, tone: index)
            var file = DicomFixture(rows: 24, columns: 20, values: values.map { UInt16($0) })
            file.text(0x0008_0018, "UI", "1.2.3.\(index)")
            file.text(0x0008_0060, "CS", index == 3 ? "US" : "DX")
            file.text(0x0010_0010, "PN", "Sentinel^Name")
            file.text(0x0010_0020, "LO", "SENTINEL-\(index / 2)")
            file.text(0x0028_1050, "DS", "128")
            file.text(0x0028_1051, "DS", "256")
            try Data(file.bytes).write(to: URL(fileURLWithPath: "\(fixture.folder.path)/\(index).dcm"))
        }
        let rows = (0..<4).map { "\($0).dcm,\($0 % 2 == 0 ? "clear" : "opacity")\n" }.joined()
        try fixture.folder.write("dicom.csv", "file,label\n" + rows)
    }

    private func preparation() throws -> SamplePreparation {
        .deidentifying(with: try Deidentifier(keyFile: fixture.mapKey, options: []), into: record)
    }

    @Test mutating func samplesEqualThoseOfTheFilesAndPatientsAreNamedByTheFiles() throws {
        let outcome = try fixture.ingest("dicom.csv", preparation: try preparation())
        #expect(outcome.added == 3 && outcome.excluded == [.burnedInText: 1])
        let store = try fixture.open()
        let manifest = try store.finishedManifest()
        for entry in manifest.samples {
            let index = try #require(manifest.samples.firstIndex { $0.address == entry.address })
            let bytes = try readFile("\(fixture.folder.path)/\(index).dcm", missing: .missingImage, what: "file")
            let plain = try SamplePreparation.decoding.prepare(
                SamplePreparation.Request(bytes: bytes, file: "\(index).dcm", size: StoreFixture.imageSize))
            #expect(try store.read(entry, of: manifest) == plain.pixels)
        }
        #expect(Set(manifest.samples.map(\.patient)).count == 2, "two of the first patient, one of the second")
    }

    @Test mutating func thePipelineNamesThePolicy() throws {
        try fixture.ingest("dicom.csv", preparation: try preparation())
        let digest = try Deidentifier(keyFile: fixture.mapKey, options: []).policyDigest
        #expect(try fixture.open().finishedManifest().preprocessing.deidentification == digest)
        var copy = fixture
        #expect(fixture.code { _ = try copy.ingest("dicom.csv") } == .pipelineMismatch)
    }

    @Test mutating func theRecordCountsAndShowsNothingOfTheSource() throws {
        try fixture.ingest("dicom.csv", preparation: try preparation())
        let own = record.current
        #expect(own.written == 3 && own.heldBack == [.burnedInText: 1])
        let name = try #require(own.attributes.first { $0.tag == "(0010,0010)" })
        #expect(name.name == "PatientName" && name.vr == "PN" && name.replaced == 3 && name.withText == 3)
        #expect(name.longest == "Sentinel^Name".count && name.examples.count == 2 && !name.hasMoreExamples)
        let modality = try #require(own.attributes.first { $0.tag == "(0008,0060)" })
        #expect(modality.kept == 3 && modality.examples == ["DX"])
        let text = String(decoding: try canonicalJSON(own.attributes), as: UTF8.self)
        #expect(!text.uppercased().contains("SENTINEL") && !text.contains("1.2.3."))
    }
}
