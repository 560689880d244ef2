import Foundation
import Testing

@testable import MedicalImaging

@Suite struct DecodingTests {
    @Test(arguments: [8, 16], [1, 3]) func pngIsExact(bits: Int, channels: Int) throws {
        let grey = pattern(width: 31, height: 17, tone: 3)
        let samples = grey.flatMap { [UInt8](repeating: $0, count: channels) }
        let file = encode(samples, width: 31, height: 17, jpeg: false, channels: channels, bits: bits)
        let image = try GreyImage(decoding: file, file: "a.png")
        #expect(image.width == 31 && image.height == 17)
        #expect(image.samples == grey.map { UInt16($0) * 257 })
    }

    @Test func colourBecomesLuma() throws {
        let colours: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]
        let image = try GreyImage(
            decoding: encode(colours, width: 4, height: 1, jpeg: false, channels: 3), file: "colour.png")
        let expected = [0.299, 0.587, 0.114, 1].map { $0 * 65535 }
        for (value, wanted) in zip(image.samples, expected) {
            let distance = abs(Double(value) - wanted)
            #expect(distance < 2)
        }
    }

    @Test(arguments: [1, 3]) func jpegIsNear(channels: Int) throws {
        let grey = (0..<64 * 48).map { index in
            let value: Int = 40 + (index % 64) * 2 + index / 64
            return UInt8(value)
        }
        let samples = grey.flatMap { [UInt8](repeating: $0, count: channels) }
        let file = encode(samples, width: 64, height: 48, jpeg: true, channels: channels)
        let image = try GreyImage(decoding: file, file: "a.jpeg")
        #expect(image.width == 64 && image.height == 48)
        for (value, wanted) in zip(image.samples, grey) {
            let distance = abs(Int(value) / 257 - Int(wanted))
            #expect(distance <= 3)
        }
    }

    /// Every cut and many damaged bytes: an error or an image, never a crash; a cut never passes for a whole image.
    @Test(arguments: [true, false]) func damageIsAnErrorThatNamesTheFile(jpeg: Bool) throws {
        let whole = encode(pattern(width: 40, height: 40, tone: 1), width: 40, height: 40, jpeg: jpeg)
        for length in stride(from: 0, to: whole.count - (jpeg ? 2 : 12), by: 7) {
            let error = #expect(throws: ImagingError.self) {
                _ = try GreyImage(decoding: Array(whole[..<length]), file: "folder/cut.img")
            }
            #expect(error?.message.contains("folder/cut.img") == true)
            #expect([.corruptImage, .unknownFormat].contains(error?.code))
        }
        var generator = SeededGenerator(seed: 9, label: "damage")
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<3 { bytes[generator.below(bytes.count)] = UInt8(generator.below(256)) }
            do {
                let image = try GreyImage(decoding: bytes, file: "damaged")
                #expect(image.samples.count == image.width * image.height)
            } catch let error as ImagingError {
                #expect(error.message.contains("damaged"))
            }
        }
    }

    @Test func hugeClaimsAreRefused() throws {
        var png = encode([0], width: 1, height: 1, jpeg: false)
        // IHDR: 65,536 x 65,536, with the right checksum.
        png.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
        let checksum = crc(Array(png[12..<29]))
        png.replaceSubrange(29..<33, with: [24, 16, 8, 0].map { UInt8(checksum >> $0 & 255) })
        let error = #expect(throws: ImagingError.self) { _ = try GreyImage(decoding: png, file: "huge.png") }
        #expect(error?.code == .imageTooLarge)
    }

    @Test func otherFormatsAreNamed() {
        let error = #expect(throws: ImagingError.self) {
            _ = try GreyImage(decoding: Array("GIF89a".utf8), file: "a.gif")
        }
        #expect(error?.code == .unknownFormat)
    }

    @Test func resizingKeepsTheMean() {
        for (width, height) in [(224, 224), (61, 97), (16, 33), (7, 5)] {
            let samples = (0..<width * height).map { UInt16(($0 * 7919) % 65536) }
            let small = resizeByArea(samples, width: width, height: height, to: 16)
            let sum = samples.reduce(0) { $0 + Int($1) }
            let smallSum = small.reduce(0) { $0 + Int($1) }
            let mean = Double(sum) / 257 / Double(samples.count)
            let smallMean = Double(smallSum) / Double(small.count)
            // Rounding to bytes moves each pixel by up to a half, the mean of 256 pixels far less.
            #expect(abs(mean - smallMean) < 0.2)
        }
        let blocks = (0..<32 * 32).map { index in
            let level: Int = index % 32 / 2 + index / 64
            return UInt16(level * 4 * 257)
        }
        let expected = (0..<256).map { index in
            let level: Int = index % 16 + index / 16
            return UInt8(level * 4)
        }
        #expect(resizeByArea(blocks, width: 32, height: 32, to: 16) == expected)
    }

    @Test func exampleImagesDecodeBack() throws {
        let set = madeSet([(0, 2, .train), (1, 1, .train)])
        let png = try set.png(1)
        let image = try GreyImage(decoding: png, file: "example")
        #expect(image.samples == set.grey(1).map { UInt16($0) * 257 })
    }
}
