import Foundation
import Testing

@testable import MedicalImaging

@Suite struct NiftiTests {
    private func code(_ bytes: [UInt8], _ name: String = "brain.nii") -> ImagingError.Code? {
        do {
            _ = try GreyImage(decoding: bytes, file: name)
            return nil
        } catch let error as ImagingError {
            #expect(error.message.contains(name) && !error.message.contains("SENTINEL"))
            return error.code
        } catch {
            return nil
        }
    }

    private func changed(_ change: (inout NiftiFixture) -> Void) -> [UInt8] {
        var fixture = NiftiFixture.head(columns: 4, rows: 3, depth: 5)
        change(&fixture)
        return fixture.bytes
    }

    /// The identity runs to right, front and head: shown turned by half, since rows run to the left and columns back.
    @Test func aSliceIsTurnedTheUsualWay() throws {
        let values = (0..<5).flatMap { slice in (0..<12).map { Int16(100 * slice + $0) } }
        let file = NiftiFixture(extent: [4, 3, 5], values: values).bytes
        let slice = try NiftiVolume(file, file: "a.nii").slice(.middle)
        #expect(slice.index == 2 && slice.range == 200...211)
        let expected = (0..<12).map { UInt16((65_535 * Double(11 - $0) / 11).rounded()) }
        #expect(slice.grey.samples == expected && slice.grey.width == 4 && slice.grey.height == 3)
        let volume = try NiftiVolume(file, file: "a.nii")
        #expect(volume.orientation == "RAS, by sform" && volume.depth == 5)
        #expect(try volume.slice(.index(4)).range == 400...411)
    }

    @Test func slicesAreEvenlySpaced() {
        #expect((0..<3).map { SliceChoice.even(number: $0, count: 3).place(among: 9) } == [1, 4, 7])
        #expect(SliceChoice.middle.place(among: 1) == 0 && SliceChoice.middle.place(among: 10) == 5)
        #expect(SliceChoice.even(number: 0, count: 6).place(among: 5) == nil)
        #expect(SliceChoice.index(5).place(among: 5) == nil)
    }

    @Test func compressedAndPlainFilesAreEqual() throws {
        let plain = NiftiFixture.head(columns: 20, rows: 18, depth: 7).bytes
        let packed = NiftiFixture.gzip(plain)
        let expected = try GreyImage(decoding: plain, file: "a.nii").samples
        #expect(try GreyImage(decoding: packed, file: "a.nii.gz").samples == expected)
        // Two members one after another are one file (RFC 1952, 2.2).
        let parts = NiftiFixture.gzip(Array(plain[..<400])) + NiftiFixture.gzip(Array(plain[400...]))
        #expect(try GreyImage(decoding: parts, file: "a.nii.gz").samples == expected)
    }

    @Test func whatIsNoSoundVolumeIsRefusedByName() throws {
        let sound = changed { _ in }
        #expect(code(sound) == nil)
        #expect(code(Array(sound.dropLast())) == .corruptImage)
        #expect(code(Array(sound.prefix(200))) == .corruptImage)
        #expect(code(changed { $0.put(9, at: 40, width: 2) }) == .corruptImage)
        #expect(code(changed { $0.put(-4, at: 42, width: 2) }) == .corruptImage)
        #expect(code(changed { $0.put(30_000, at: 42, width: 2) }) == .corruptImage)
        #expect(code(changed { $0.put(128, at: 70, width: 2) }) == .unsupportedImage)
        #expect(code(changed { $0.put(8, at: 72, width: 2) }) == .corruptImage)
        #expect(code(changed { $0.put(Float.nan, at: 108) }) == .corruptImage)
        #expect(
            code(
                changed {
                    $0.put(Float(1), at: 112)
                    $0.put(Float.infinity, at: 116)
                }) == .corruptImage)
        // Neither form of orientation; an axis without length; two axes along one.
        #expect(code(changed { $0.put(0, at: 254, width: 2) }) == .unsupportedImage)
        #expect(code(changed { $0.put(Float(0), at: 280) }) == .unsupportedImage)
        #expect(code(changed { $0.put(Float(9), at: 284) }) == .unsupportedImage)
        let pair = changed { $0.bytes.replaceSubrange(344..<348, with: Array("ni1\0".utf8)) }
        #expect(code(pair) == .unsupportedImage)
        #expect(code(Array("no volume".utf8)) == .corruptImage)
    }

    @Test func whatExpandsBeyondItsHeaderIsRefusedWithoutTheMemory() throws {
        let sound = NiftiFixture.head(columns: 4, rows: 3, depth: 5).bytes
        // 64 MiB of zeros in 65 kB: the header says 120 bytes.
        let bomb = NiftiFixture.gzip(sound + [UInt8](repeating: 0, count: 64 << 20))
        #expect(bomb.count < 128 << 10)
        #expect(code(bomb, "bomb.nii.gz") == .corruptImage)
        // A header that promises gibibytes behind a few bytes.
        let lie = NiftiFixture.gzip(
            changed { fixture in (0..<3).forEach { fixture.put(1000, at: 42 + 2 * $0, width: 2) } })
        #expect(code(lie, "lie.nii.gz") == .corruptImage)
        let huge = changed { fixture in (0..<3).forEach { fixture.put(4000, at: 42 + 2 * $0, width: 2) } }
        #expect(code(huge) == .imageTooLarge)
        var damaged = NiftiFixture.gzip(sound)
        damaged[damaged.count - 6] ^= 1
        #expect(code(damaged, "crc.nii.gz") == .corruptImage)
    }

    @Test func valuesThatAreNoNumbersAreTheLowest() throws {
        var fixture = NiftiFixture(extent: [4, 3, 1], values: [Int16](repeating: 0, count: 24))
        fixture.put(16, at: 70, width: 2)
        fixture.put(32, at: 72, width: 2)
        for index in 0..<12 { fixture.put(Float(index), at: 352 + 4 * index) }
        fixture.put(Float.nan, at: 352)
        fixture.put(-Float.infinity, at: 356)
        let slice = try NiftiVolume(fixture.bytes, file: "a.nii").slice(.middle)
        #expect(slice.range == 2...11 && slice.voxelsWithoutValue == 2)
        #expect(slice.grey.samples.suffix(2) == [0, 0] && slice.grey.samples.first == 65_535)
        for index in 0..<12 { fixture.put(Float.nan, at: 352 + 4 * index) }
        #expect(code(fixture.bytes) == .corruptImage)
    }

    /// Three slices a volume, all of one patient, on one side of the split; the count is part of the pipeline.
    @Test func aVolumeGivesSeveralSamplesOfOnePatient() throws {
        var fixture = try StoreFixture(images: 4)
        for index in 0..<4 {
            let head = NiftiFixture.head(columns: 24, rows: 20, depth: 9, tone: index).bytes
            try fixture.folder.write("\(index).nii.gz", NiftiFixture.gzip(head))
        }
        try fixture.folder.write(
            "volumes.csv", "file,label\n" + (0..<4).map { "\($0).nii.gz,\($0 % 2)\n" }.joined())
        let outcome = try fixture.ingest("volumes.csv", slices: 3)
        #expect(outcome.added == 12 && outcome.excluded.isEmpty)
        let manifest = try fixture.open().finishedManifest()
        let byPatient = Dictionary(grouping: manifest.samples, by: \.patient)
        #expect(byPatient.count == 4 && byPatient.values.allSatisfy { Set($0.map(\.split)).count == 1 })
        #expect(fixture.code { try fixture.ingest("volumes.csv") } == .pipelineMismatch)
        #expect(try Preprocessing(imageSize: 16).digest != Preprocessing(imageSize: 16, slices: 3).digest)
    }
}
