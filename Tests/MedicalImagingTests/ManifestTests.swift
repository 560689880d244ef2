import Foundation
import Testing

@testable import MedicalImaging

@Suite struct ManifestTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for index in 0..<6 {
            let png = encode(pattern(width: 20, height: 24, tone: index), width: 20, height: 24, jpeg: index % 2 == 0)
            try folder.write(index < 3 ? "A/\(index).img" : "B/\(index).img", png)
        }
    }

    private func load(_ manifest: String, seed: UInt64 = 1) throws -> ImageSet {
        let path = try folder.write("manifest.csv", manifest)
        return try loadImages(from: .path(path), imageSize: 16, seed: seed) { _, _ in }
    }

    private let full = """
        file,label,group,patient_split
        A/0.img,0,p0,train
        A/1.img,0,p1,val
        A/2.img,0,p2,test
        B/3.img,1,p3,train
        B/4.img,1,p3,train
        B/5.img,1,p5,test

        """

    @Test func readsColumnsAndFolderNames() throws {
        let set = try load(full)
        #expect(set.classNames == ["A", "B"])
        #expect(set.samples.map(\.label) == [0, 0, 0, 1, 1, 1])
        #expect(set.samples.map(\.split) == [.train, .validation, .test, .train, .train, .test])
        #expect(set.samples[3].patient == set.samples[4].patient)
        #expect(set.patientCount(Array(0..<6)) == 5)
        #expect(set.notes.isEmpty && !set.isSynthetic && set.pixels.count == 6 * 256)
        #expect(set.image(0).count == 256)
    }

    @Test func readsQuotedFieldsCarriageReturnsAndNames() throws {
        let png = encode(pattern(width: 9, height: 9, tone: 4), width: 9, height: 9, jpeg: false)
        try folder.write("odd, \"name\".png", png)
        let set = try load(
            "\u{FEFF}label,split,file\r\nsick,train,\"odd, \"\"name\"\".png\"\r\nwell,train,A/0.img\r\n"
                + "sick,test,A/1.img\r\n")
        #expect(set.classNames == ["sick", "well"])
        #expect(set.samples[0].file == "odd, \"name\".png")
        #expect(set.notes.count == 1)
    }

    @Test func digestFollowsContent() throws {
        let set = try load(full)
        #expect(try load(full).digest == set.digest)
        #expect(try load(full.replacingOccurrences(of: "p0", with: "p9")).digest != set.digest)
        #expect(try load(full.replacingOccurrences(of: "B/4.img,1", with: "B/4.img,0")).digest != set.digest)
    }

    @Test(arguments: [
        ("", ImagingError.Code.emptyManifest, "empty"),
        ("file,label\n", .emptyManifest, "no image"),
        ("path,label\nA/0.img,0\n", .missingColumn, "file"),
        ("file,class\nA/0.img,0\n", .missingColumn, "label"),
        ("file,label\nA/0.img,0\nB/3.img\n", .malformedRow, "line 3"),
        ("file,label\n\"A/0.img,0\n", .malformedRow, "never closed"),
        ("file,label\nA/0.img,0\nB/3.img,one\n", .unreadableLabel, "line 3"),
        ("file,label\nA/0.img,0\nB/3.img,\n", .unreadableLabel, "line 3"),
        ("file,label,split\nA/0.img,0,train\nB/3.img,1,elsewhere\n", .malformedRow, "elsewhere"),
        ("file,label,split\nA/0.img,0,train\nA/9.img,1,train\nB/3.img,1,test\n", .missingImage, "A/9.img"),
        ("file,label,split\nA/0.img,0,train\nA/1.img,0,test\n", .singleClass, "two or more"),
        ("file,label,split\nA/0.img,0,train\nB/3.img,1,test\n", .emptyClass, "B"),
        ("file,label,split\nA/0.img,0,train\nB/3.img,1,train\n", .emptySplit, "test"),
        (
            "file,label,patient,split\nA/0.img,0,x,train\nB/3.img,1,y,train\nB/4.img,1,y,test\n", .patientOnTwoSides,
            "B/4.img"
        ),
    ])
    func eachFaultIsNamed(manifest: String, code: ImagingError.Code, word: String) {
        let error = #expect(throws: ImagingError.self) { _ = try load(manifest) }
        #expect(error?.code == code)
        #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
    }

    @Test func corruptImageIsNamed() throws {
        let jpeg = encode(pattern(width: 64, height: 64, tone: 1), width: 64, height: 64, jpeg: true)
        try folder.write("B/4.img", Array(jpeg[..<(jpeg.count / 2)]))
        let error = #expect(throws: ImagingError.self) { _ = try load(full) }
        #expect(error?.code == .corruptImage && error?.message.contains("B/4.img") == true)
    }

    @Test func missingPathIsNamed() {
        let error = #expect(throws: ImagingError.self) {
            _ = try loadImages(from: .path("/nowhere/at/all.csv"), imageSize: 16, seed: 1) { _, _ in }
        }
        #expect(error?.code == .missingPath && error?.message.contains("/nowhere/at/all.csv") == true)
    }

    @Test func drawnSplitGroupsPatientsAndStratifies() {
        let patients = (0..<400).map { "patient \($0 / 2)" }
        let labels = (0..<400).map { $0 / 2 % 4 == 0 ? 0 : 1 }
        let none = [Split?](repeating: nil, count: 400)
        let splits = assignSplits(labels: labels, patients: patients, given: none, seed: 5)
        for index in stride(from: 0, to: 400, by: 2) { #expect(splits[index] == splits[index + 1]) }
        for label in 0...1 {
            let own = splits.indices.filter { labels[$0] == label }
            let test = own.filter { splits[$0] == .test }.count
            let validation = own.filter { splits[$0] == .validation }.count
            #expect(abs(test * 10 - own.count * 2) <= 20 && abs(validation * 10 - own.count) <= 20)
        }
        #expect(splits == assignSplits(labels: labels, patients: patients, given: none, seed: 5))
        #expect(splits != assignSplits(labels: labels, patients: patients, given: none, seed: 6))
        // The order of files does not matter.
        let backwards = assignSplits(labels: labels.reversed(), patients: patients.reversed(), given: none, seed: 5)
        #expect(Array(backwards.reversed()) == splits)
    }
}
