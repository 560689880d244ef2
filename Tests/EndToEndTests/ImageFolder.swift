import Foundation
import MedicalImaging

/// A data set of small PNG images with its manifest, two classes taking turns, each image a patient of its own.
enum ImageFolder {
    /// Writes `images/*.png` and returns the manifest's rows below `file,label,patient`.
    static func write(count: Int, to scratch: Scratch) throws -> [String] {
        try (0..<count).map { index in
            try scratch.write(png(index), to: "images/\(index).png")
            return "images/\(index).png,\(index % 2 == 0 ? "clear" : "opacity"),patient-\(index)"
        }
    }

    /// A gradient of 20 × 20 pixels that differs from image to image.
    static func png(_ index: Int) throws -> Data {
        let grey = (0..<400).map { UInt8(truncatingIfNeeded: ($0 % 20) * (5 + index % 7) + ($0 / 20) * (index % 11)) }
        return Data(try encodePNG(grey, width: 20, height: 20))
    }

    static func manifest(_ rows: [String], header: String = "file,label,patient") -> String {
        ([header] + rows).joined(separator: "\n") + "\n"
    }
}
