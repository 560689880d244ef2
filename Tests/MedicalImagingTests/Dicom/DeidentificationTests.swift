import Crypto
import Foundation
import Testing

@testable import MedicalImaging

/// PS3.15 Annex E: what goes, what stays, and that nothing planted survives.
@Suite struct DeidentificationTests {
    private let key = DeidentificationKey(SymmetricKey(data: [UInt8](repeating: 7, count: 32)))

    private func fixture() -> DicomFixture {
        var fixture = DicomFixture(rows: 2, columns: 2, values: [1, 2, 3, 4])
        fixture.text(0x0008_0018, "UI", "1.2.3.4")
        fixture.text(0x0008_0020, "DA", "20240229")
        fixture.text(0x0008_0060, "CS", "DX")
        fixture.text(0x0008_0080, "LO", "St. Elsewhere")
        fixture.text(0x0010_0010, "PN", "Doe^Jane")
        fixture.text(0x0010_0020, "LO", "4711")
        fixture.text(0x0010_1010, "AS", "093Y")
        fixture.text(0x0020_000D, "UI", "1.2.3.5")
        fixture.text(0x0020_4000, "LT", "called her mother")
        fixture.text(0x0009_0010, "LO", "PRIVATE")
        fixture.text(0x6000_0022, "LO", "drawn by Dr. X")
        return fixture
    }

    private func read(_ output: Deidentifier.Output) throws -> DicomFile {
        try DicomFile(output.bytes, file: "out.dcm")
    }

    @Test func theTableIsWhole() {
        #expect(ConfidentialityProfile(options: []).count == 617)
    }

    @Test func theBasicProfileTakesWhatItNames() throws {
        let output = try Deidentifier(key: key, options: []).deidentify(fixture().bytes, file: "a.dcm")
        let text = String(decoding: output.bytes, as: UTF8.self)
        for word in [
            "Elsewhere", "Doe", "4711", "093Y", "mother", "PRIVATE", "Dr. X", "1.2.3.4", "1.2.3.5", "20240229",
        ] {
            #expect(!text.contains(word), "\(word)")
        }
        let file = try read(output)
        #expect(file.text(.patientID) == output.pseudonym && file.text(DicomTag(0x0010, 0x0010)) == output.pseudonym)
        #expect(file.text(.modality) == "DX")
        #expect(file.text(DicomTag(0x0012, 0x0062)) == "YES" && file.text(DicomTag(0x0028, 0x0303)) == "REMOVED")
        #expect(file.text(DicomTag(0x0008, 0x0100), in: [(DicomTag(0x0012, 0x0064), 0)]) == "113100")
        #expect(file.text(DicomTag(0x0008, 0x0018)) == output.instance)
        #expect(output.instance.hasPrefix("2.25.") && output.instance.count <= 44)
        #expect(try file.frame(0).samples == [1, 2, 3, 4])
        #expect(file.text(DicomTag(0x0028, 0x0301)) == nil, "nobody looked at the pixels")
    }

    @Test func optionsKeepWhatTheyName() throws {
        let options = Set(DeidentificationOption.allCases).subtracting([.fullDates])
        let output = try Deidentifier(key: key, options: options).deidentify(fixture().bytes, file: "a.dcm")
        let file = try read(output)
        #expect(file.text(DicomTag(0x0008, 0x0018)) == "1.2.3.4")
        #expect(file.text(DicomTag(0x0008, 0x0080)) == "St. Elsewhere")
        #expect(file.text(DicomTag(0x0010, 0x1010)) == "090Y")
        let date = try #require(file.text(DicomTag(0x0008, 0x0020)))
        #expect(
            date < "20240229" && date >= "20230301"
                && date == DicomDate.shifted("20240229", by: key.days("4711")))
        #expect(file.text(DicomTag(0x0028, 0x0303)) == "MODIFIED")
        #expect(!String(decoding: output.bytes, as: UTF8.self).contains("Doe"))
    }

    @Test func theSameKeyGivesTheSameFileAndAnotherKeyAnother() throws {
        let bytes = fixture().bytes
        let first = try Deidentifier(key: key, options: []).deidentify(bytes, file: "a.dcm")
        #expect(try Deidentifier(key: key, options: []).deidentify(bytes, file: "b.dcm").bytes == first.bytes)
        let other = try Deidentifier(
            key: DeidentificationKey(SymmetricKey(data: [UInt8](repeating: 8, count: 32))), options: []
        ).deidentify(
            bytes, file: "a.dcm")
        #expect(other.pseudonym != first.pseudonym && other.instance != first.instance)
        #expect(
            Deidentifier(key: key, options: []).policyDigest != Deidentifier(key: key, options: [.uids]).policyDigest)
    }

    @Test func attributesOfUnknownRepresentationAreTakenByTheDictionary() throws {
        var fixture = fixture()
        fixture.text(0x0010_0010, "UN", "Doe^Jane")
        fixture.text(0x0010_0020, "UN", "4711")
        fixture.text(0x0008_0018, "UN", "1.2.3.45")
        fixture.text(0x0008_0080, "UN", "Elsewhere")
        fixture.text(0x0008_1030, "UN", "seen by Dr. Y")
        fixture.text(0x0009_1001, "UN", "Doe")
        let output = try Deidentifier(key: key, options: []).deidentify(fixture.bytes, file: "a.dcm")
        let file = try read(output)
        #expect(file.text(.patientID) == output.pseudonym && file.text(DicomTag(0x0010, 0x0010)) == output.pseudonym)
        #expect(file.text(DicomTag(0x0008, 0x0018)) == output.instance)
        let text = String(decoding: output.bytes, as: UTF8.self)
        for word in ["Doe", "4711", "1.2.3.45", "Elsewhere", "Dr. Y"] { #expect(!text.contains(word), "\(word)") }
    }

    @Test func sequencesThatStayKeepTheirItemsAndLoseTheirValues() throws {
        var fixture = fixture()
        var reference = DicomFixture.Item()
        reference.text(0x0008_1150, "UI", "1.2.840.10008.3.1.2.3.3")
        reference.text(0x0008_1155, "UI", "1.2.3.77")
        fixture.sequence(0x0008_1111, reference)
        var source = DicomFixture.Item()
        source.text(0x0008_1155, "UI", "1.2.3.4")
        fixture.sequence(0x0008_2112, source)
        let file = try read(try Deidentifier(key: key, options: []).deidentify(fixture.bytes, file: "a.dcm"))
        let step = DicomTag(0x0008, 0x1111)
        #expect(file.text(DicomTag(0x0008, 0x1150), in: [(step, 0)]) == "1.2.840.10008.3.1.2.3.3")
        #expect(file.text(DicomTag(0x0008, 0x1155), in: [(step, 0)]) == key.uid("1.2.3.77"))
        let own = file.text(DicomTag(0x0008, 0x1155), in: [(DicomTag(0x0008, 0x2112), 0)])
        #expect(own == key.uid("1.2.3.4") && own == file.text(DicomTag(0x0008, 0x0018)))
    }

    @Test(arguments: [
        ("20240229", -366, "20230228"), ("20240301120000.5", -1, "20240229120000.5"), ("19000101", -1, "18991231"),
    ])
    func datesMoveByWholeDays(value: String, days: Int, expected: String) {
        #expect(DicomDate.shifted(value, by: days) == expected)
    }

    @Test(arguments: ["2024", "202413", "20241301", "20230229", "2024022x", ""])
    func datesThatAreNoneAreNotGuessed(value: String) {
        #expect(DicomDate.shifted(value, by: -1) == nil)
    }

    @Test(arguments: [("US", nil, true), ("DX", "YES", true), ("US", "NO", false), ("CT", nil, false)])
    func imagesThatMayBearTextAreHeldBack(modality: String, stated: String?, held: Bool) throws {
        var fixture = fixture()
        fixture.text(0x0008_0060, "CS", modality)
        if let stated { fixture.text(0x0028_0301, "CS", stated) }
        var found: ImagingError.Code?
        do {
            _ = try Deidentifier(key: key, options: []).deidentify(fixture.bytes, file: "a.dcm")
        } catch let error as ImagingError {
            found = error.code
            #expect(!error.message.contains("4711"))
        }
        #expect(found == (held ? .burnedInText : nil))
    }

    /// A sentinel in every attribute of the table that pydicom can write, nested, private, in preamble and meta header.
    @Test func noSentinelSurvives() throws {
        guard let oracle = try PydicomOracle() else { return }
        let tags = ConfidentialityProfile.table.split(whereSeparator: { $0 == ";" || $0 == "\n" })
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        var searched = 0
        for name in ["CT_small.dcm", "MR_small.dcm"] {
            guard let source = oracle.files.first(where: { $0.hasSuffix("/" + name) }) else { continue }
            let (planted, sentinels) = try oracle.plant(in: source, tags: tags)
            let output = try Deidentifier(key: key, options: []).deidentify(planted, file: name)
            let text = Data(output.bytes)
            for sentinel in sentinels {
                #expect(Data(planted).range(of: Data(sentinel.utf8)) != nil, "\(name): \(sentinel) was not planted")
                #expect(text.range(of: Data(sentinel.utf8)) == nil, "\(name): \(sentinel) survives")
                searched += 1
            }
        }
        print("sentinels: \(searched) planted, none found again")
        #expect(searched > 500)
    }
}
