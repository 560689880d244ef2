import Testing

@testable import MedicalImaging

/// Lists that name no patients, of DICOM files that do.
@Suite struct DicomPatientTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Five files a patient; the last ten of each class name none.
    private func addFiles(to className: String, count: Int, prefix: String) throws {
        for index in 0..<count {
            let values = pattern(width: 18, height: 18, tone: index).map { UInt16($0) }
            var file = DicomFixture(rows: 18, columns: 18, values: values)
            if index < count - 10 { file.text(0x0010_0020, "LO", "\(prefix)\(index / 5)") }
            try folder.write("\(className)/\(index < 10 ? "0" : "")\(index).dcm", file.bytes)
        }
    }

    @Test func filesOfClassFoldersNameTheirPatients() throws {
        try addFiles(to: "ill", count: 60, prefix: "I")
        try addFiles(to: "well", count: 60, prefix: "W")
        let set = try loadImages(from: .path(folder.path), imageSize: 16, seed: 1) { _, _ in }
        #expect(Set(set.samples.map(\.patient)).count == 2 * (10 + 10))
        for samples in Dictionary(grouping: set.samples, by: \.patient).values {
            #expect(Set(samples.map(\.split)).count == 1)
        }
        #expect(set.notes.contains { $0.hasPrefix("Folders name no patients: DICOM files name their own (PatientID)") })
    }

    @Test func aFileGoesBeforeTheManifestAsItDoesInIngest() throws {
        try addFiles(to: "ill", count: 60, prefix: "I")
        try addFiles(to: "well", count: 60, prefix: "W")
        let rows = ["ill", "well"].flatMap { name in
            (0..<60).map { "\(name)/\($0 < 10 ? "0" : "")\($0).dcm,\(name),listed-\(name)-\($0)" }
        }
        try folder.write("manifest.csv", "file,label,patient\n" + rows.joined(separator: "\n") + "\n")
        let set = try loadImages(from: .path(folder.path), imageSize: 16, seed: 1) { _, _ in }
        let patients = Set(set.samples.map(\.patient))
        #expect(patients.contains("I0") && patients.contains("listed-well-55") && !patients.contains("listed-ill-0"))
        #expect(!set.notes.contains { $0.contains("no patients") })
    }
}
