import Foundation

/// Reads a folder for each class, optionally below folders named train, val (or validation) and test.
func readClassFolders(_ path: String) throws -> DraftSet {
    let top = try listFolder(path).filter { isFolder(path + "/" + $0) }
    let sides: [(Split?, String)] = top.compactMap { name in
        switch name.lowercased() {
        case "train", "training": (.train, name)
        case "val", "valid", "validation": (.validation, name)
        case "test", "testing": (.test, name)
        default: nil
        }
    }
    let hasSides = !sides.isEmpty
    guard !hasSides || sides.count == top.count else {
        throw ImagingError(
            .malformedRow, "\(path) mixes folders for sides of a split with folders for classes; use one or the other.")
    }
    var found: [(split: Split?, file: String, className: String)] = []
    var names = Set<String>()
    for (split, prefix) in hasSides ? sides : [(nil, "")] {
        let base = prefix.isEmpty ? "" : prefix + "/"
        for className in try listFolder(path + "/" + base) where isFolder(path + "/" + base + className) {
            names.insert(className)
            for file in try listFolder(path + "/" + base + className) where isImageName(file) {
                found.append((split, base + className + "/" + file, className))
            }
        }
    }
    guard !names.isEmpty else {
        throw ImagingError(
            .emptyManifest,
            "\(path) holds no folder of images; expected one folder a class, or train, val and test above them.")
    }
    let classNames = names.sorted()
    let position = Dictionary(uniqueKeysWithValues: classNames.enumerated().map { ($1, $0) })
    let samples = found.map {
        DraftSample(
            name: $0.file, path: path + "/" + $0.file, label: position[$0.className] ?? 0, patient: $0.file,
            split: $0.split)
    }
    let present = Set(found.map(\.className))
    if let empty = classNames.first(where: { !present.contains($0) }) {
        throw ImagingError(.emptyClass, "\(path): the class folder \(empty) holds no JPEG, PNG, DICOM or NIfTI image.")
    }
    let notes = [DraftSample.patientNote("Folders name", samples)]
    return DraftSet(
        name: URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent, origin: .folder,
        classNames: classNames, samples: samples, notes: notes)
}

private func isImageName(_ name: String) -> Bool {
    let lower = name.lowercased()
    return lower.hasSuffix(".jpg") || lower.hasSuffix(".jpeg") || lower.hasSuffix(".png")
        || lower.hasSuffix(".dcm") || lower.hasSuffix(".nii") || lower.hasSuffix(".nii.gz")
}
