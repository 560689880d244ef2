import Crypto
import Testing

@testable import MedicalImaging

/// Painting over text in DICOM files: all of it, and nothing else.
@Suite struct PixelCleaningTests {
    private let width = 160
    private let height = 144
    private let ink = BitmapText.ink("HANS 1947", x: 6, y: 8, scale: 2)

    private func fixture(_ photometric: String = "MONOCHROME2", isSigned: Bool = false, text: Bool = true)
        -> DicomFixture
    {
        var values = BitmapText.background(width: width, height: height).map { UInt16($0) * 8 }
        if text { for place in ink { values[place.y * width + place.x] = 2047 } }
        if photometric == "MONOCHROME1" { values = values.map { 2047 - $0 } }
        if isSigned { values = values.map { UInt16(bitPattern: Int16($0) - 1024) } }
        var fixture = DicomFixture(
            rows: height, columns: width, values: values, photometric: photometric,
            bitsStored: isSigned ? 16 : 12, isSigned: isSigned)
        fixture.text(0x0008_0018, "UI", "1.2.3")
        fixture.text(0x0008_0060, "CS", "DX")
        fixture.text(0x0010_0020, "LO", "4711")
        return fixture
    }

    private func deidentify(_ fixture: DicomFixture) throws -> Deidentifier.Output {
        let key = DeidentificationKey(SymmetricKey(data: [UInt8](repeating: 7, count: 32)))
        return try Deidentifier(key: key, options: [], pixels: .blank).deidentify(fixture.bytes, file: "a.dcm")
    }

    @Test(arguments: [("MONOCHROME2", false), ("MONOCHROME1", false), ("MONOCHROME2", true)])
    func textGoesAndEveryOtherPixelStays(photometric: String, isSigned: Bool) throws {
        let source = fixture(photometric, isSigned: isSigned)
        let before = try DicomFile(source.bytes, file: "a.dcm").frame(0).samples
        let output = try deidentify(source)
        let file = try DicomFile(output.bytes, file: "b.dcm")
        let after = try file.frame(0).samples
        let black = photometric == "MONOCHROME1" ? before.max() : before.min()
        for y in 0..<height {
            for x in 0..<width {
                let isInside = output.blanked.contains { $0.x <= x && x < $0.right && $0.y <= y && y < $0.bottom }
                let place = y * width + x
                #expect(after[place] == (isInside ? black : before[place]))
            }
        }
        for place in ink {
            #expect(output.blanked.contains { $0.intersects(.init(x: place.x, y: place.y, width: 1, height: 1)) })
        }
        #expect(file.text(DicomTag(0x0028, 0x0301)) == "NO" && file.layout.photometric == photometric)
        #expect(file.text(DicomTag(0x0008, 0x0100), in: [(DicomTag(0x0012, 0x0064), 1)]) == "113101")
    }

    @Test func anImageWithoutTextKeepsItsBytes() throws {
        let output = try deidentify(fixture(text: false))
        #expect(output.blanked.isEmpty)
        let before = try DicomFile(fixture(text: false).bytes, file: "a.dcm").frame(0).samples
        #expect(try DicomFile(output.bytes, file: "b.dcm").frame(0).samples == before)
    }

    @Test func whatSaysItBearsTextAndShowsNoneIsHeldBack() {
        var source = fixture(text: false)
        source.text(0x0028_0301, "CS", "YES")
        #expect(throws: ImagingError.self) { try deidentify(source) }
    }

    @Test func onlyTheRegionsOfAnUltrasoundImageStay() throws {
        var source = fixture(text: false)
        source.text(0x0008_0060, "CS", "US")
        var region = DicomFixture.Item()
        for (tag, value) in zip([UInt32(0x0018_6018), 0x0018_601A, 0x0018_601C, 0x0018_601E], [20, 30, 139, 129]) {
            region.words(tag, [UInt16(value), 0], vr: "UL")
        }
        source.sequence(0x0018_6011, region)
        let output = try deidentify(source)
        let before = try DicomFile(source.bytes, file: "a.dcm").frame(0).samples
        let after = try DicomFile(output.bytes, file: "b.dcm").frame(0).samples
        let inside = PixelRectangle(x: 20, y: 30, width: 120, height: 100)
        for y in 0..<height {
            for x in 0..<width {
                let stays = inside.intersects(PixelRectangle(x: x, y: y, width: 1, height: 1))
                #expect(after[y * width + x] == (stays ? before[y * width + x] : before.min()))
            }
        }
    }

    @Test func theComplementOfRegionsCoversTheRest() {
        let regions = [
            PixelRectangle(x: 2, y: 1, width: 3, height: 4), PixelRectangle(x: 4, y: 3, width: 4, height: 4),
        ]
        let rest = PixelCleaning.complement(of: regions, width: 10, height: 9)
        for y in 0..<9 {
            for x in 0..<10 {
                let pixel = PixelRectangle(x: x, y: y, width: 1, height: 1)
                let count = rest.filter { $0.intersects(pixel) }.count
                #expect(count == (regions.contains { $0.intersects(pixel) } ? 0 : 1))
            }
        }
    }

    @Test func theDigestTellsTheTwoPoliciesApart() {
        let key = DeidentificationKey(SymmetricKey(data: [UInt8](repeating: 7, count: 32)))
        let digests = PixelPolicy.allCases.map { Deidentifier(key: key, options: [], pixels: $0).policyDigest }
        #expect(Set(digests).count == 2)
    }
}
