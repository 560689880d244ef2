import CImage
import Crypto

/// Grey square images with labels, patients and a split, in memory.
package struct ImageSet: Sendable {
    /// Where the images came from.
    package enum Origin: String, Codable, Hashable, Sendable {
        case manifest, folder, medMNIST, pneumoniaMNIST, synthetic, sealedStore
    }

    package typealias Sample = MedicalImaging.Sample

    package let name: String
    package let origin: Origin
    /// Side of every image in pixels.
    package let imageSize: Int
    package let classNames: [String]
    package let samples: [Sample]
    /// Grey values 0…255, image after image, row by row.
    package let pixels: [UInt8]
    /// What a reader of the results must know about the data, such as a download that failed or patients not given.
    package let notes: [String]
    /// The pipeline as a sealed store records it; nil for images that were prepared just now, by this program.
    private let recordedPreprocessing: Preprocessing?
    /// SHA-256 of size, class names, and every image's name, label, patient, split and pixels.
    package let digest: [UInt8]

    /// True when no patient stands behind these images: results say nothing about medicine.
    package var isSynthetic: Bool { origin == .synthetic }

    package init(
        name: String, origin: Origin, imageSize: Int, classNames: [String], samples: [Sample], pixels: [UInt8],
        notes: [String] = [], preprocessing: Preprocessing? = nil
    ) {
        precondition(imageSize > 0 && pixels.count == samples.count * imageSize * imageSize)
        precondition(samples.allSatisfy { classNames.indices.contains($0.label) })
        self.name = name
        self.origin = origin
        self.imageSize = imageSize
        self.classNames = classNames
        self.samples = samples
        self.pixels = pixels
        self.notes = notes
        recordedPreprocessing = preprocessing
        digest = Self.digest(imageSize: imageSize, classNames: classNames, samples: samples, pixels: pixels)
    }

    /// How files became these samples.
    package var preprocessing: Preprocessing {
        get throws { try recordedPreprocessing ?? Preprocessing(imageSize: imageSize) }
    }

    /// Indices of the images of one side of the split, ascending.
    package func indices(of split: Split) -> [Int] {
        samples.indices.filter { samples[$0].split == split }
    }

    /// Number of different patients among some images.
    package func patientCount(_ indices: [Int]) -> Int {
        Set(indices.map { samples[$0].patient }).count
    }

    /// The grey values 0…255 of one image.
    package func image(_ index: Int) -> [Float] {
        grey(index).map(Float.init)
    }

    /// The stored bytes of one image.
    package func grey(_ index: Int) -> ArraySlice<UInt8> {
        let area = imageSize * imageSize
        return pixels[index * area..<(index + 1) * area]
    }

    /// One image as a grey PNG file.
    package func png(_ index: Int) throws -> [UInt8] {
        try encodePNG(Array(grey(index)), width: imageSize, height: imageSize)
    }

    /// The same images with more to tell.
    package func noting(_ more: [String]) -> ImageSet {
        ImageSet(
            name: name, origin: origin, imageSize: imageSize, classNames: classNames, samples: samples,
            pixels: pixels, notes: notes + more, preprocessing: recordedPreprocessing)
    }

    /// The same images under another name and origin.
    func renamed(_ name: String, origin: Origin) -> ImageSet {
        ImageSet(
            name: name, origin: origin, imageSize: imageSize, classNames: classNames, samples: samples,
            pixels: pixels, notes: notes, preprocessing: recordedPreprocessing)
    }

    private static func digest(
        imageSize: Int, classNames: [String], samples: [Sample], pixels: [UInt8]
    ) -> [UInt8] {
        var hash = SHA256()
        func add(_ number: Int) { withUnsafeBytes(of: UInt64(number).littleEndian) { hash.update(bufferPointer: $0) } }
        func add(_ text: String) {
            let bytes = Array(text.utf8)
            add(bytes.count)
            hash.update(data: bytes)
        }
        add("cordon image set 1")
        add(imageSize)
        add(classNames.count)
        classNames.forEach(add)
        add(samples.count)
        for sample in samples {
            add(sample.file)
            add(sample.label)
            add(sample.patient)
            add(sample.split.rawValue)
        }
        pixels.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return Array(hash.finalize())
    }
}

/// Encodes grey values as a PNG file.
package func encodePNG(_ grey: [UInt8], width: Int, height: Int) throws -> [UInt8] {
    precondition(grey.count == width * height && width > 0 && height > 0)
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    guard cordon_png_encode(grey, UInt32(width), UInt32(height), 8, 1, &bytes, &count) == 0, let bytes else {
        throw ImagingError(.invalidArgument, "The image could not be encoded as PNG: \(imageLibraryMessage()).")
    }
    defer { cordon_bytes_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
}

/// Text of the last failure inside the C image libraries on this thread.
func imageLibraryMessage() -> String { String(cString: cordon_image_message()) }
