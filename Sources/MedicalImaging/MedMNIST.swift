import Foundation

/// Reads a MedMNIST `.npz` (Yang et al., Scientific Data 10:41, 2023): `train_images`, `train_labels`, `val_…`,
/// `test_…`. The files name no patients.
func readMedMNIST(_ path: String, imageSize: Int, progress: (Int, Int) -> Void) throws -> ImageSet {
    let archive = try ZipArchive(try readFile(path, missing: .missingPath, what: "Archive"), file: path)
    var parts: [(side: Split, prefix: String, images: NumpyArray, labels: NumpyArray)] = []
    for (side, prefix) in [(Split.train, "train"), (.validation, "val"), (.test, "test")] {
        guard let images = try archive.member("\(prefix)_images.npy"),
            let labels = try archive.member("\(prefix)_labels.npy")
        else {
            throw ImagingError(
                .missingColumn,
                "\(path) lacks \(prefix)_images or \(prefix)_labels; it holds "
                    + archive.names.joined(separator: ", ") + ".")
        }
        parts.append(
            (
                side, prefix, try NumpyArray(images, name: "\(prefix)_images"),
                try NumpyArray(labels, name: "\(prefix)_labels")
            ))
    }
    let total = parts.reduce(0) { $0 + ($1.images.shape.first ?? 0) }
    var samples: [Sample] = []
    var pixels: [UInt8] = []
    var values = Set<Int>()
    for part in parts { values.formUnion(try labels(part.labels, of: part.images, name: "\(path): \(part.prefix)")) }
    let ordered = values.sorted()
    let position = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) })
    for part in parts {
        let shape = part.images.shape
        let channels = shape.count == 4 ? shape[3] : 1
        guard part.images.itemBytes == 1, !part.images.isSigned, shape.count == 3 || channels == 3 else {
            throw ImagingError(
                .unknownFormat,
                "\(path): images of shape \(shape) are not supported; expected bytes, count × height × width (× 3).")
        }
        let own = try labels(part.labels, of: part.images, name: "\(path): \(part.prefix)")
        for index in 0..<shape[0] {
            let grey = greySamples(part.images, index: index, channels: channels)
            pixels += grey.withUnsafeBufferPointer { buffer in
                buffer.baseAddress.map { resizeByArea($0, width: shape[2], height: shape[1], to: imageSize) } ?? []
            }
            let file = "\(part.prefix)/\(index)"
            samples.append(Sample(file: file, label: position[own[index]] ?? 0, patient: file, split: part.side))
            progress(samples.count, total)
        }
    }
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let pneumonia = name.lowercased().hasPrefix("pneumoniamnist") && ordered == [0, 1]
    let classNames = pneumonia ? ["normal", "pneumonia"] : ordered.map(String.init)
    try checkSet(samples, classNames: classNames, name: path)
    return ImageSet(
        name: name, origin: .medMNIST, imageSize: imageSize, classNames: classNames, samples: samples, pixels: pixels,
        notes: ["MedMNIST names no patients: each image counts as a patient of its own, and the privacy unit is it."])
}

/// One label an image; throws for the multi-label sets.
private func labels(_ array: NumpyArray, of images: NumpyArray, name: String) throws -> [Int] {
    guard let count = images.shape.first, array.shape.first == count, images.shape.count >= 3,
        images.shape[1] > 0, images.shape[2] > 0, array.shape.dropFirst().allSatisfy({ $0 == 1 })
    else {
        throw ImagingError(
            .unreadableLabel,
            "\(name) has labels of shape \(array.shape) for images of shape \(images.shape); one label an image is "
                + "supported, several are not.")
    }
    return (0..<count).map(array.integer)
}

private func greySamples(_ images: NumpyArray, index: Int, channels: Int) -> [UInt16] {
    let area = images.shape[1] * images.shape[2]
    let start = images.bytes.startIndex + index * area * channels
    return (0..<area).map { pixel in
        guard channels == 3 else { return UInt16(images.bytes[start + pixel]) * 257 }
        let at = start + 3 * pixel
        let red = Int(images.bytes[at]) * 257
        let green = Int(images.bytes[at + 1]) * 257
        let blue = Int(images.bytes[at + 2]) * 257
        return UInt16((red * 19595 + green * 38470 + blue * 7471 + 32768) >> 16)
    }
}
