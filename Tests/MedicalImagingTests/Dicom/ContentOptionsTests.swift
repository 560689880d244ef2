import Crypto
import Foundation
import Testing

@testable import MedicalImaging

/// The options that keep private attributes and the content of reports: what stays, and that nothing planted does.
@Suite struct ContentOptionsTests {
    private let key = DeidentificationKey(SymmetricKey(data: [UInt8](repeating: 7, count: 32)))

    private typealias Element = (tag: UInt32, vr: String, value: [UInt8])

    private func text(_ tag: UInt32, _ vr: String, _ value: String) -> Element {
        let bytes = Array(value.utf8)
        return (tag, vr, bytes.count % 2 == 0 ? bytes : bytes + [vr == "UI" ? 0 : 32])
    }

    private func item(_ elements: [Element]) -> [UInt8] {
        let content = elements.sorted { $0.tag < $1.tag }.flatMap { DicomFixture.element($0.tag, $0.vr, $0.value) }
        return [0xFE, 0xFF, 0x00, 0xE0] + DicomFixture.little(content.count, 4) + content
    }

    private func code(_ tag: UInt32, _ value: String, _ scheme: String, _ meaning: String) -> Element {
        let elements = [
            text(0x0008_0100, "SH", value), text(0x0008_0102, "SH", scheme), text(0x0008_0104, "LO", meaning),
        ]
        return (tag, "SQ", item(elements))
    }

    private func content(_ kind: String, _ concept: Element, _ more: [Element]) -> [UInt8] {
        item([text(0x0040_A010, "CS", "CONTAINS"), text(0x0040_A040, "CS", kind), concept] + more)
    }

    private func file(_ elements: [Element]) -> [UInt8] {
        let syntax = DicomFixture.element(0x0002_0010, "UI", Array("1.2.840.10008.1.2.1".utf8) + [0])
        let meta = DicomFixture.element(0x0002_0000, "UL", DicomFixture.little(syntax.count, 4)) + syntax
        let body = elements.sorted { $0.tag < $1.tag }.flatMap { DicomFixture.element($0.tag, $0.vr, $0.value) }
        return [UInt8](repeating: 0, count: 128) + Array("DICM".utf8) + meta + body
    }

    /// An enhanced report: findings, an observer's name, a local concept, and a container with a number, a UID and a
    /// name.
    private var report: [UInt8] {
        let finding = code(0x0040_A043, "121071", "DCM", "Finding")
        let unit = code(0x0040_08EA, "mm", "UCUM", "millimeter")
        let length = code(0x0040_A043, "410668003", "SCT", "Length")
        let number = item([text(0x0040_A30A, "DS", "12.5"), unit])
        let inner =
            content("NUM", length, [(0x0040_A300, "SQ", number)])
            + content("UIDREF", finding, [text(0x0040_A124, "UI", "1.2.3.99")])
            + content("PNAME", finding, [text(0x0040_A123, "PN", "SENTINELE^X")])
            + content("DATE", finding, [text(0x0040_A121, "DA", "20240229")])
        let tree =
            content("TEXT", finding, [text(0x0040_A160, "UT", "Chest seen by Dr SENTINELA: left lung")])
            + content(
                "PNAME", code(0x0040_A043, "121008", "DCM", "Person Observer Name"),
                [text(0x0040_A123, "PN", "SENTINELB^X")])
            + content(
                "TEXT", code(0x0040_A043, "SENTINELC", "99LOCAL", "SENTINELD"),
                [text(0x0040_A160, "UT", "SENTINELF")])
            + content("CONTAINER", finding, [(0x0040_A730, "SQ", inner)])
        return file([
            text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.88.22"), text(0x0008_0018, "UI", "1.2.3.4"),
            text(0x0008_0060, "CS", "SR"), text(0x0010_0010, "PN", "SENTINELG^Y"), text(0x0010_0020, "LO", "4711"),
            text(0x0040_A040, "CS", "CONTAINER"), code(0x0040_A043, "126000", "DCM", "Imaging Measurement Report"),
            (0x0040_A730, "SQ", tree),
        ])
    }

    @Test func aReportKeepsItsNumbersAndLosesItsNames() throws {
        let deidentifier = Deidentifier(key: key, options: [.cleanStructuredContent], pixels: .blank)
        let output = try deidentifier.deidentify(report, file: "report.dcm")
        let text = String(decoding: output.bytes, as: UTF8.self)
        for word in ["SENTINEL", "1.2.3.4", "1.2.3.99", "4711", "20240229"] { #expect(!text.contains(word), "\(word)") }
        let file = try DicomFile(output.bytes, file: "out.dcm", needsImage: false)
        let tree = DicomTag(0x0040, 0xA730)
        #expect(file.text(DicomTag(0x0040, 0xA160), in: [(tree, 0)]) == "Chest left lung")
        // The observer's item is gone, and the local one has moved up.
        #expect(file.text(DicomTag(0x0040, 0xA160), in: [(tree, 1)]) == "REMOVED")
        #expect(file.text(DicomTag(0x0040, 0xA040), in: [(tree, 2)]) == "CONTAINER")
        #expect(file.text(DicomTag(0x0040, 0xA040), in: [(tree, 3)]) == nil)
        let number: [DicomFile.Step] = [(tree, 2), (tree, 0), (DicomTag(0x0040, 0xA300), 0)]
        #expect(try file.numbers(DicomTag(0x0040, 0xA30A), in: number) == [12.5])
        let meaning = file.text(
            DicomTag(0x0008, 0x0104), in: [(tree, 2), (tree, 0), (DicomTag(0x0040, 0xA043), 0)])
        #expect(meaning == "Length")
        #expect(file.text(DicomTag(0x0040, 0xA124), in: [(tree, 2), (tree, 1)]) == key.uid("1.2.3.99"))
        #expect(file.text(DicomTag(0x0028, 0x0301)) == nil, "a report has no pixels that were looked at")
        let codes = (0..<3).map { file.text(DicomTag(0x0008, 0x0100), in: [(DicomTag(0x0012, 0x0064), $0)]) }
        #expect(codes == ["113100", "113104", nil])
    }

    @Test func withoutTheOptionAReportIsHeldBack() throws {
        let error = #expect(throws: ImagingError.self) {
            try Deidentifier(key: key, options: []).deidentify(report, file: "report.dcm")
        }
        #expect(error?.code == .unsupportedImage)
        let other = file([text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.104.1"), text(0x0008_0018, "UI", "1.2.3")])
        #expect(throws: ImagingError.self) {
            try Deidentifier(key: key, options: [.cleanStructuredContent]).deidentify(other, file: "document.dcm")
        }
    }

    private func words(_ tag: UInt32, _ value: UInt16) -> Element {
        (tag, "US", [UInt8(value & 255), UInt8(value >> 8)])
    }

    private func image(_ more: [Element]) -> [UInt8] {
        file(
            [
                text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.4"), text(0x0008_0018, "UI", "1.2.3.4"),
                text(0x0008_0060, "CS", "MR"), words(0x0028_0002, 1), text(0x0028_0004, "CS", "MONOCHROME2"),
                words(0x0028_0010, 1), words(0x0028_0011, 2), words(0x0028_0100, 8), words(0x0028_0101, 8),
                words(0x0028_0102, 7), words(0x0028_0103, 0), (0x7FE0_0010, "OB", [1, 2]),
            ] + more)
    }

    /// A safe number in another block than usual; the same element of another creator; a text of the
    /// safe creator; a block in an item, where the creators of the data set do not count.
    @Test func safePrivateAttributesStayAndNothingElsePrivate() throws {
        let nested = item([text(0x0019_100C, "IS", "77"), text(0x0008_0104, "LO", "x")])
        let bytes = image([
            text(0x0019_0010, "LO", "SENTINELA VENDOR"), text(0x0019_100C, "IS", "1234567"),
            text(0x0019_0023, "LO", "SIEMENS MR HEADER"), text(0x0019_230C, "IS", "1000"),
            text(0x0019_2308, "CS", "SENTINELB"), text(0x0019_230D, "LO", "SENTINELC"),
            text(0x0043_0010, "LO", "GEMS_PARM_01"), text(0x0043_1027, "SH", "SENTINELD"),
            (0x0008_1032, "SQ", nested),
        ])
        let output = try Deidentifier(key: key, options: [.safePrivate]).deidentify(bytes, file: "a.dcm")
        let text = String(decoding: output.bytes, as: UTF8.self)
        #expect(!text.contains("SENTINEL") && !text.contains("1234567"))
        let file = try DicomFile(output.bytes, file: "out.dcm")
        #expect(file.text(DicomTag(0x0019, 0x0023)) == "SIEMENS MR HEADER")
        #expect(try file.numbers(DicomTag(0x0019, 0x230C)) == [1000])
        #expect(file.text(DicomTag(0x0019, 0x100C), in: [(DicomTag(0x0008, 0x1032), 0)]) == nil)
        let basic = try Deidentifier(key: key, options: []).deidentify(bytes, file: "a.dcm")
        #expect(!String(decoding: basic.bytes, as: UTF8.self).contains("SIEMENS"))
        #expect(
            Deidentifier(key: key, options: [.safePrivate]).policyDigest
                != Deidentifier(key: key, options: []).policyDigest)
    }
}
