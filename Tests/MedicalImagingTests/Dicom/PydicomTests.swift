import Foundation
import Testing

@testable import MedicalImaging

/// Pixels of real files of every transfer syntax against pydicom's.
@Suite struct PydicomTests {
    /// What pydicom's decoders read and DCMTK's do not: a JPEG-LS code of 7 bits, an element without an end.
    private static let beyondTheLibrary = ["JLSL_08_07_0_1F.dcm", "SC_rgb_jpeg.dcm"]

    /// Each file is read or refused with a reason; what both read is equal where the syntax is lossless, within one
    /// step where it is not, three for colours that were transformed as well;
    /// what pydicom reads and Cordon refuses is refused as not supported.
    @Test func pixelsEqualThoseOfPydicom() throws {
        guard let oracle = try PydicomOracle() else { return }
        let answers = try oracle.answers()
        try #require(answers.count == oracle.files.count && answers.count > 50)
        var read = 0
        var windowed = 0
        var real = 0
        for (path, answer) in zip(oracle.files, answers) {
            let name = URL(fileURLWithPath: path).lastPathComponent
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            let file: DicomFile
            let frame: DicomFile.Frame
            do {
                file = try DicomFile(bytes, file: name)
                if let reals = answer.reals {
                    #expect(try file.realFrame(0) == reals, "\(name)")
                    real += 1
                    continue
                }
                frame = try file.frame(0)
            } catch let error as ImagingError {
                #expect(error.message.contains(name), "\(name)")
                let isKnown = error.code == .unsupportedImage || Self.beyondTheLibrary.contains(name)
                #expect(answer.samples == nil || isKnown, "\(name): \(error)")
                continue
            }
            guard let samples = answer.samples else { continue }
            read += 1
            #expect(frame.samples.count == samples.count, "\(name)")
            let worst = zip(frame.samples, samples).map { abs(Int64($0) - Int64($1)) }.max() ?? 0
            let bound: Int64 = answer.isLossless ? 0 : file.layout.channels == 1 ? 1 : 3
            #expect(worst <= bound, "\(name) differs by \(worst)")
            guard let grey = answer.grey, answer.isLossless else { continue }
            windowed += 1
            let image = try DicomImage(file)
            guard image.orientation?.isUsual != false else { continue }
            let error = zip(image.grey.samples, grey).map { abs(Double($0) - $1) }.max() ?? 0
            #expect(error <= 0.51, "\(name): grey differs by \(error)")
        }
        print(
            "pydicom: \(answers.count) files, \(read) read by both and equal, \(windowed) windowed alike, \(real) of "
                + "floating-point numbers")
        #expect(read > 40 && windowed > 5)
    }
}
