import CImage

/// A decoded grey image with 16-bit samples (8-bit sources scaled by 257).
package struct GreyImage: Sendable {
    package let width: Int
    package let height: Int
    package let samples: [UInt16]

    package init(width: Int, height: Int, samples: [UInt16]) {
        precondition(width > 0 && height > 0 && samples.count == width * height)
        self.width = width
        self.height = height
        self.samples = samples
    }

    /// Most pixels that an image may have before it is refused: a small file can claim a huge picture.
    package static let pixelLimit: UInt64 = 64 << 20

    /// Decodes a JPEG, PNG, DICOM (its first frame) or NIfTI file (a slice); colour becomes Rec. 601 luma. Throws
    /// `ImagingError` naming the file.
    package init(decoding bytes: [UInt8], file: String, slice: SliceChoice = .middle) throws {
        guard !DicomFile.isDicom(bytes, file: file) else {
            self = try DicomImage(DicomFile(bytes, file: file)).grey
            return
        }
        guard !NiftiVolume.isNifti(bytes, file: file) else {
            self = try NiftiVolume(bytes, file: file).slice(slice).grey
            return
        }
        self = try Self.decode(bytes, file: file) { pointer, width, height in
            GreyImage(
                width: width, height: height,
                samples: Array(UnsafeBufferPointer(start: pointer, count: width * height)))
        }
    }

    /// Decodes and at once resizes to `size` × `size` bytes, without a copy of the full image.
    static func decodeResized(
        _ bytes: [UInt8], file: String, size: Int, slice: SliceChoice = .middle
    ) throws -> [UInt8] {
        guard !DicomFile.isDicom(bytes, file: file), !NiftiVolume.isNifti(bytes, file: file) else {
            return try GreyImage(decoding: bytes, file: file, slice: slice).resized(to: size)
        }
        return try decode(bytes, file: file) { resizeByArea($0, width: $1, height: $2, to: size) }
    }

    /// `size` × `size` bytes.
    func resized(to size: Int) -> [UInt8] { resizeByArea(samples, width: width, height: height, to: size) }

    private static func decode<Result>(
        _ bytes: [UInt8], file: String, _ body: (UnsafePointer<UInt16>, Int, Int) -> Result
    ) throws -> Result {
        var image = cordon_grey_image()
        let status = cordon_image_decode(bytes, bytes.count, pixelLimit, &image)
        guard status == 0, let samples = image.samples else {
            let code: ImagingError.Code =
                switch Int(status) {
                case CORDON_IMAGE_UNKNOWN_FORMAT: .unknownFormat
                case CORDON_IMAGE_TOO_LARGE: .imageTooLarge
                default: .corruptImage
                }
            throw ImagingError(
                code, "\(file) cannot be decoded: \(imageLibraryMessage()). Replace the file or take it off the list.")
        }
        defer { cordon_image_free(&image) }
        return body(samples, Int(image.width), Int(image.height))
    }
}

/// Mean of the source over each target pixel's area, weighted by overlap; width and height scale separately.
///
/// Returns `size`² grey values 0…255, rounded to nearest, from 16-bit samples.
func resizeByArea(_ samples: UnsafePointer<UInt16>, width: Int, height: Int, to size: Int) -> [UInt8] {
    let columns = AreaWeights(source: width, target: size)
    let rows = AreaWeights(source: height, target: size)
    var narrow = [Float](repeating: 0, count: height * size)
    narrow.withUnsafeMutableBufferPointer { narrow in
        for y in 0..<height {
            let row = samples + y * width
            for x in 0..<size {
                var sum: Float = 0
                for tap in columns.starts[x]..<columns.starts[x + 1] {
                    sum += columns.weights[tap] * Float(row[columns.sources[tap]])
                }
                narrow[y * size + x] = sum
            }
        }
    }
    var result = [UInt8](repeating: 0, count: size * size)
    var line = [Float](repeating: 0, count: size)
    for y in 0..<size {
        for x in 0..<size { line[x] = 0 }
        for tap in rows.starts[y]..<rows.starts[y + 1] {
            let weight = rows.weights[tap]
            let start = rows.sources[tap] * size
            for x in 0..<size { line[x] += weight * narrow[start + x] }
        }
        for x in 0..<size { result[y * size + x] = UInt8(max(0, min(255, (line[x] / 257).rounded()))) }
    }
    return result
}

/// For each target cell the source cells that it overlaps and their shares, which sum to one.
private struct AreaWeights {
    var starts = [0]
    var sources: [Int] = []
    var weights: [Float] = []

    init(source: Int, target: Int) {
        let scale = Double(source) / Double(target)
        for cell in 0..<target {
            let low = Double(cell) * scale
            let high = Double(cell + 1) * scale
            var index = Int(low)
            while index < source, Double(index) < high - 1e-9 {
                let overlap = min(high, Double(index + 1)) - max(low, Double(index))
                if overlap > 1e-9 {
                    sources.append(index)
                    weights.append(Float(overlap / scale))
                }
                index += 1
            }
            starts.append(sources.count)
        }
    }
}
