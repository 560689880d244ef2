import Foundation
import Testing

@testable import MedicalImaging

/// Encodings that DCMTK does not know, from `Tests/Vectors/dicom/younger.py`, and real files that come with pydicom.
@Suite struct YoungerEncodingTests {
    private let files: [String: [UInt8]]

    init() throws {
        let path = PydicomOracle.script("dicom/younger.txt")
        let lines = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        files = try Dictionary(
            uniqueKeysWithValues: lines.split(separator: "\n").map { line in
                let words = line.split(separator: " ")
                return (String(words[0]), Array(try #require(Data(base64Encoded: String(words[1])))))
            })
    }

    private func file(_ name: String) throws -> DicomFile {
        try DicomFile(try #require(files[name]), file: "\(name).dcm")
    }

    @Test(arguments: ["htj2k-201", "htj2k-202"]) func highThroughputCodeIsDecoded(name: String) throws {
        let file = try file(name)
        #expect(try file.frame(0).samples == (0..<1024).map { Int32($0 * 64 % 4096) })
        #expect(file.layout.transferSyntax == "1.2.840.10008.1.2.4." + name.suffix(3))
        #expect(file.layout.syntaxName.hasPrefix("High-Throughput JPEG 2000"))
    }

    @Test func deflatedFramesAreDecoded() throws {
        let file = try file("deflated")
        for frame in 0..<2 {
            #expect(try file.frame(frame).samples == (0..<64).map { Int32(($0 + frame) * 64 % 4096) })
        }
    }

    @Test(arguments: ["deflated-bits", "rle-bits"]) func bitsBeginAnewWithEachFrame(name: String) throws {
        let file = try file(name)
        for frame in 0..<2 {
            #expect(try file.frame(frame).samples == (0..<63).map { ($0 + frame) % 3 == 0 ? 1 : 0 })
        }
    }

    /// −3 … 27.5 become 0 … 1; padding and what is no number are as the lowest.
    @Test(arguments: ["float", "double"]) func floatingPointPixelsAreRead(name: String) throws {
        let image = try DicomImage(try file(name))
        let expected = (0..<62).map { UInt16((65_535 * Double($0) / 61).rounded()) } + [0, 0]
        #expect(image.grey.samples == expected && image.window.contains("-3.0 to 27.5"))
        let error = #expect(throws: ImagingError.self) { try file(name).frame(0) }
        #expect(error?.code == .unsupportedImage)
    }

    /// Written anew, a file has the encoding it had, and its pixels.
    @Test func deidentifiedFilesKeepTheirEncoding() throws {
        let folder = try TemporaryFolder()
        let key = StoreKeyFile(try folder.write("key", [UInt8](repeating: 7, count: 32)))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path + "/key")
        for (pixels, text) in [(PixelPolicy.holdBack, "kept"), (.blank, "searched")] {
            let deidentifier = try Deidentifier(keyFile: key, options: [], pixels: pixels)
            for name in files.keys.sorted() {
                var bytes = try #require(files[name])
                // Of the class and modality of a radiograph: nothing that often bears text.
                let modality = Array("OT".utf8)
                let place = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("CS\u{2}\0OT".utf8)) })
                bytes.replaceSubrange(place + 4..<place + 4 + modality.count, with: Array("DX".utf8))
                let source = try DicomFile(bytes, file: name)
                if pixels == .blank, source.layout.isReal {
                    let error = #expect(throws: ImagingError.self) { try deidentifier.deidentify(bytes, file: name) }
                    #expect(error?.code == .unsupportedImage, "\(name)")
                    continue
                }
                let output = try deidentifier.deidentify(bytes, file: name).bytes
                let copy = try DicomFile(output, file: name)
                #expect(copy.layout.transferSyntax == source.layout.transferSyntax, "\(name), \(text)")
                for frame in 0..<source.layout.frames where !source.layout.isReal {
                    #expect(try copy.frame(frame).samples == source.frame(frame).samples, "\(name), \(text)")
                }
                if source.layout.isReal {
                    #expect(try DicomImage(copy).grey.samples == DicomImage(source).grey.samples)
                }
            }
        }
    }

    @Test func damagedCodesAreRefused() throws {
        for name in ["htj2k-201", "deflated", "rle-bits", "float"] {
            let bytes = try #require(files[name])
            for cut in [1, 8, 40] {
                let error = #expect(throws: ImagingError.self, "\(name) without \(cut)") {
                    _ = try GreyImage(decoding: Array(bytes.dropLast(cut)), file: "\(name).dcm")
                }
                #expect(error?.message.contains(name) == true)
            }
        }
    }

    /// Segmentations that pydicom's authors stored in several encodings; the uncompressed one is the truth.
    @Test func realSegmentationsAreEqualInAllEncodings() throws {
        guard let data = ProcessInfo.processInfo.environment["CORDON_DICOM_DATA"],
            let names = FileManager.default.enumerator(atPath: data)?.compactMap({ $0 as? String }),
            let folder = names.first(where: { $0.hasSuffix("/liver_rle.dcm") })?.dropLast("/liver_rle.dcm".count)
        else { return print("SKIPPED: CORDON_DICOM_DATA has no liver_rle.dcm, so no real segmentation is compared") }
        func read(_ name: String) throws -> DicomFile {
            let path = "\(data)/\(folder)/\(name).dcm"
            return try DicomFile([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), file: name)
        }
        for plain in ["liver", "liver_nonbyte_aligned"] {
            let truth = try read(plain)
            for ending in ["_rle", "_deflate", "_j2k"] {
                let file = try read(plain + ending)
                for frame in 0..<3 { #expect(try file.frame(frame).samples == truth.frame(frame).samples) }
            }
        }
    }
}
