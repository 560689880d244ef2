import RingArithmetic
import Testing

@testable import MedicalImaging

/// The transformations of PS3.3 C.11, worked by hand on images of four pixels, and files that are not what they say.
@Suite struct DicomImageTests {
    private func grey(_ fixture: DicomFixture) throws -> [UInt16] {
        try DicomImage(DicomFile(fixture.bytes, file: "a.dcm")).grey.samples
    }

    @Test func withoutAWindowTheRangeOfTheFrameIsTheWindow() throws {
        let fixture = DicomFixture(rows: 2, columns: 2, values: [100, 200, 300, 500])
        #expect(try grey(fixture) == [0, 16_384, 32_768, 65_535])
    }

    @Test func monochrome1IsInvertedAfterTheWindow() throws {
        var fixture = DicomFixture(rows: 1, columns: 2, values: [0, 4095], photometric: "MONOCHROME1", bitsStored: 12)
        fixture.text(0x0028_1050, "DS", "2048")
        fixture.text(0x0028_1051, "DS", "4096")
        #expect(try grey(fixture) == [65_535, 0])
    }

    @Test func paddingIsLeftOutOfTheRange() throws {
        var fixture = DicomFixture(rows: 1, columns: 3, values: [9, 100, 200])
        fixture.words(0x0028_0120, [9])
        #expect(try grey(fixture) == [0, 0, 65_535])
    }

    /// C.11.2.1.2.1: (x − (c − 0.5)) / (w − 1) + 0.5 of modality values, here 2x − 10.
    @Test(arguments: [("LINEAR", 4.0 / 9), ("LINEAR_EXACT", 0.4), ("SIGMOID", 0.401_312)])
    func windowsFollowTheStandard(function: String, share: Double) throws {
        var fixture = DicomFixture(rows: 1, columns: 1, values: [7])
        fixture.text(0x0028_1052, "DS", "-10")
        fixture.text(0x0028_1053, "DS", "2")
        fixture.text(0x0028_1050, "DS", "5")
        fixture.text(0x0028_1051, "DS", "10")
        fixture.text(0x0028_1056, "CS", function)
        let expected = function == "LINEAR" ? (4 - 4.5) / 9 + 0.5 : share
        #expect(abs(Double(try grey(fixture)[0]) / 65_535 - expected) < 1e-5)
    }

    @Test func signedValuesOfTwelveBitsKeepTheirSign() throws {
        // 0xF801 holds −2047 in its low 12 bits, with rubbish above them.
        let fixture = DicomFixture(rows: 1, columns: 3, values: [0xF801, 0, 0x07FF], bitsStored: 12, isSigned: true)
        let file = try DicomFile(fixture.bytes, file: "a.dcm")
        #expect(try file.frame(0).samples == [-2047, 0, 2047])
        #expect(try grey(fixture) == [0, 32_768, 65_535])
    }

    @Test func tablesMapValuesAndTheirNeighbours() throws {
        var item = DicomFixture.Item()
        item.words(0x0028_3002, [3, 10, 8])
        item.words(0x0028_3006, [0, 51, 255])
        var fixture = DicomFixture(rows: 1, columns: 4, values: [5, 10, 11, 99])
        fixture.sequence(0x0028_3010, item)
        #expect(try grey(fixture) == [0, 0, 13_107, 65_535])
        item = DicomFixture.Item()
        item.words(0x0028_3002, [9, 10, 8])
        item.words(0x0028_3006, [0, 51, 255])
        fixture.sequence(0x0028_3010, item)
        #expect(throws: ImagingError.self) { try self.grey(fixture) }
    }

    @Test(arguments: [
        ("L\\F", [0, 1, 2, 3, 4, 5]), ("R\\F", [2, 1, 0, 5, 4, 3]), ("L\\H", [3, 4, 5, 0, 1, 2]),
        ("F\\L", [0, 3, 1, 4, 2, 5]), ("A\\F", [2, 1, 0, 5, 4, 3]), ("H\\R", [5, 2, 4, 1, 3, 0]),
    ])
    func imagesAreTurnedTheUsualWay(orientation: String, order: [Int]) throws {
        let values: [UInt16] = [0, 1, 2, 3, 4, 5]
        var fixture = DicomFixture(rows: 2, columns: 3, values: values)
        fixture.text(0x0020_0020, "CS", orientation)
        #expect(try grey(fixture) == order.map { UInt16($0 * 13_107) })
        fixture.text(0x0020_0020, "CS", "L\\R")
        #expect(throws: ImagingError.self) { try self.grey(fixture) }
    }

    @Test func cosinesNameTheNearestAxes() {
        #expect(DicomOrientation(cosines: [1, 0, 0, 0, 1, 0])?.isUsual == true)
        #expect(DicomOrientation(cosines: [0, 1, 0, 0, 0, -1])?.isUsual == true)
        #expect(DicomOrientation(cosines: [0.99, 0.1, 0, 0, 0.1, -0.99])?.isUsual == true)
        #expect(DicomOrientation(cosines: [0, 0, -1, 1, 0, 0])?.isTransposed == true)
        #expect(DicomOrientation(cosines: [1, 0, 0, 1, 0, 0]) == nil)
        #expect(DicomOrientation(cosines: [0, 0, 0, 0, 0, 0]) == nil)
    }

    @Test func sampleIsDecodedAndItsPatientIsReadFromTheFile() throws {
        var fixture = DicomFixture(rows: 4, columns: 4, values: (0..<16).map { UInt16($0) })
        fixture.text(0x0010_0020, "LO", "4711")
        let prepared = try SamplePreparation.decoding.prepare(
            SamplePreparation.Request(bytes: fixture.bytes, file: "a.dcm", size: 2))
        #expect(prepared.pixels.count == 4 && prepared.patient == "4711")
        #expect(prepared.pixels == prepared.pixels.sorted())
    }

    @Test func filesThatAreNotWhatTheySayAreNamed() throws {
        let sound = DicomFixture(rows: 4, columns: 4, values: (0..<16).map { UInt16($0) })
        var cases: [(String, [UInt8], ImagingError.Code)] = [
            ("text.dcm", Array("no image at all, only text".utf8), .unknownFormat),
            ("cut.dcm", Array(sound.bytes.dropLast(9)), .corruptImage),
        ]
        var fixture = sound
        fixture.words(0x0028_0010, [60_000])
        fixture.words(0x0028_0011, [60_000])
        cases.append(("huge.dcm", fixture.bytes, .imageTooLarge))
        fixture = sound
        fixture.words(0x0028_0101, [17])
        cases.append(("bits.dcm", fixture.bytes, .corruptImage))
        fixture = sound
        fixture.text(0x0028_0004, "CS", "HSV")
        cases.append(("colour.dcm", fixture.bytes, .unsupportedImage))
        fixture = sound
        fixture.text(0x0028_1050, "DS", "5")
        fixture.text(0x0028_1051, "DS", "0")
        cases.append(("window.dcm", fixture.bytes, .corruptImage))
        for (name, bytes, code) in cases {
            let error = #expect(throws: ImagingError.self) { try GreyImage(decoding: bytes, file: name) }
            #expect(error?.code == code && error?.message.contains(name) == true, "\(name): \(error?.message ?? "")")
        }
    }

    /// Numbers that are none or beyond any sense, and shapes that contradict the kind of pixels: an error, no trap.
    @Test(arguments: ["palette of three", "slope", "intercept", "table", "table entries", "padding", "window"])
    func numbersBeyondSenseAreRefused(what: String) {
        var fixture = DicomFixture(rows: 1, columns: 2, values: [1, 65_535])
        var item = DicomFixture.Item()
        switch what {
        case "palette of three":
            fixture = DicomFixture(rows: 1, columns: 2, values: [0, 1, 0, 1, 0, 1], photometric: "PALETTE COLOR")
            fixture.words(0x0028_0002, [3])
            fixture.words(0x0028_0006, [0])
            for channel in 1...3 as ClosedRange<UInt32> {
                fixture.words(0x0028_1100 + channel, [2, 0, 16])
                fixture.words(0x0028_1200 + channel, [0, 65_535], vr: "OW")
            }
        case "slope": fixture.text(0x0028_1053, "DS", "1e308")
        case "intercept":
            fixture.text(0x0028_1052, "DS", "-1e300")
            fixture.text(0x0028_1053, "DS", "1")
        case "table":
            item.text(0x0028_3002, "DS", "1e300\\1e300\\16")
            item.words(0x0028_3006, [0])
            fixture.sequence(0x0028_3010, item)
        case "table entries":
            item.words(0x0028_3002, [1, 0, 8])
            item.text(0x0028_3006, "DS", "1e300")
            fixture.sequence(0x0028_3000, item)
        case "padding": fixture.text(0x0028_0120, "DS", "1e300")
        default:
            fixture.text(0x0028_1050, "DS", "1e308")
            fixture.text(0x0028_1051, "DS", "nan")
        }
        #expect(throws: ImagingError.self) { try self.grey(fixture) }
    }

    /// A JPEG 2000 code may hold more bits than the attributes say.
    @Test func valuesBeyondTheBitsStoredAreMappedToo() {
        let samples: [Int32] = (0..<1_000).map { $0 % 7 * 100_000 - 300_000 }
        #expect(DicomImage.mapped(samples) { UInt16($0 / 100_000 + 3) } == samples.map { UInt16($0 / 100_000 + 3) })
        let near = samples.map { $0 / 100_000 }
        #expect(DicomImage.mapped(near) { UInt16($0 + 3) } == near.map { UInt16($0 + 3) })
        #expect(DicomImage.mapped([.min, .max]) { $0 < 0 ? 0 : 1 } == [0, 1])
    }

    /// Sequences nested as deep as they are long: read or refused, never a stack that runs over.
    @Test(arguments: [1_000, 90_000, 200_000])
    func deepNestingIsNoDanger(depth: Int) {
        let opening: [UInt8] =
            [0x08, 0x00, 0x40, 0x11] + Array("SQ".utf8) + [0, 0, 255, 255, 255, 255]
            + [0xFE, 0xFF, 0x00, 0xE0, 255, 255, 255, 255]
        let sound = DicomFixture(rows: 1, columns: 1, values: [1]).bytes
        let header = Array(sound.prefix(132 + 12 + 8 + 20))
        let bytes = header + Array(repeatElement(opening, count: depth).joined())
        #expect(throws: ImagingError.self) { try GreyImage(decoding: bytes, file: "deep.dcm") }
    }

    /// Any byte of a sound file changed, and many at once: an image or an error.
    @Test func changedBytesAreReadOrRefused() {
        var fixture = DicomFixture(rows: 4, columns: 4, values: (0..<16).map { UInt16($0) })
        fixture.text(0x0028_1050, "DS", "8")
        fixture.text(0x0028_1051, "DS", "16")
        fixture.text(0x0020_0020, "CS", "R\\F")
        let sound = fixture.bytes
        var generator = KeyedStream(key: [1], label: "changed bytes")
        var refused = 0
        for trial in 0..<3_000 {
            var bytes = sound
            if trial < sound.count {
                bytes[trial] ^= 0xFF
            } else {
                for _ in 0..<Int.random(in: 1...8, using: &generator) {
                    bytes[Int.random(in: 132..<bytes.count, using: &generator)] = UInt8.random(
                        in: 0...255, using: &generator)
                }
            }
            do {
                _ = try GreyImage(decoding: bytes, file: "changed.dcm")
            } catch {
                #expect(error is ImagingError)
                refused += 1
            }
        }
        #expect(refused > 300 && refused < 3_000)
    }

    @Test func aTagIsWrittenWithAllItsDigitsAndNamedByTheDictionary() {
        #expect(DicomTag(0x0008, 0x0018).description == "(0008,0018)" && DicomTag.patientID.name == "PatientID")
        #expect(DicomTag(0xFFFE, 0xE000).description == "(FFFE,E000)" && DicomTag(0x0009, 0x0010).name == "Private")
    }
}
