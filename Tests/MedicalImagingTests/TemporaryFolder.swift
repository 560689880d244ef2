import CImage
import Foundation

@testable import MedicalImaging

/// A folder of its own for one test, removed with the value's last owner.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "cordon-imaging-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            FileHandle.standardError.write(Data("left behind: \(path) (\(error))\n".utf8))
        }
    }

    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let full = path + "/" + name
        let folder = URL(fileURLWithPath: full).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: full))
        return full
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}

/// A grey gradient with a bright square, different for each `tone`.
func pattern(width: Int, height: Int, tone: Int) -> [UInt8] {
    (0..<width * height).map { index in
        let (x, y) = (index % width, index / width)
        return UInt8((x * 2 + y + tone * 17) % 256)
    }
}

/// Encoded by the C functions; `bits` 16 takes 8-bit samples times 257.
func encode(_ samples: [UInt8], width: Int, height: Int, jpeg: Bool, channels: Int = 1, bits: Int = 8) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status: Int32
    if jpeg {
        status = cordon_jpeg_encode(samples, UInt32(width), UInt32(height), Int32(channels), 95, &bytes, &count)
    } else if bits == 16 {
        let wide = samples.map { UInt16($0) * 257 }
        status = cordon_png_encode(wide, UInt32(width), UInt32(height), 16, Int32(channels), &bytes, &count)
    } else {
        status = cordon_png_encode(samples, UInt32(width), UInt32(height), 8, Int32(channels), &bytes, &count)
    }
    precondition(status == 0)
    defer { cordon_bytes_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
}

/// A small set without files: `patients[i]` has `images` images of `label`.
func madeSet(_ patients: [(label: Int, images: Int, split: Split)], classes: Int = 2) -> ImageSet {
    var samples: [Sample] = []
    for (number, patient) in patients.enumerated() {
        for image in 0..<patient.images {
            samples.append(
                Sample(file: "\(number)-\(image)", label: patient.label, patient: "p\(number)", split: patient.split))
        }
    }
    let pixels = samples.indices.flatMap { pattern(width: 16, height: 16, tone: $0) }
    return ImageSet(
        name: "made", origin: .manifest, imageSize: 16, classNames: (0..<classes).map { "class \($0)" },
        samples: samples, pixels: pixels)
}

func crc(_ bytes: [UInt8]) -> UInt32 { cordon_crc32(bytes, bytes.count) }
