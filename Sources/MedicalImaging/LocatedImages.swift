import Foundation

/// What lies at a path, found out before the first pixel is read.
enum LocatedImages {
    /// A manifest CSV or a folder per class.
    case draft(DraftSet)
    /// A MedMNIST `.npz`.
    case archive(String)
    /// A sealed store.
    case store(String)

    /// - Throws: `ImagingError` for a path that holds none of these.
    init(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            guard !path.hasPrefix("synthetic:") else {
                throw ImagingError(
                    .invalidArgument, "\(path) asks for no number of images; write synthetic or synthetic:600, say.")
            }
            throw ImagingError(
                .missingPath,
                "There is no data at \(path). Give a manifest CSV, a folder per class, an .npz file or a sealed store.")
        }
        if SealedStore.isStore(at: path) {
            self = .store(path)
        } else if isFolder(path) {
            let manifest = path + "/manifest.csv"
            self = .draft(
                FileManager.default.fileExists(atPath: manifest)
                    ? try readManifest(manifest) : try readClassFolders(path))
        } else {
            switch URL(fileURLWithPath: path).pathExtension.lowercased() {
            case "npz": self = .archive(path)
            case "csv": self = .draft(try readManifest(path))
            case let other:
                throw ImagingError(
                    .unknownFormat,
                    "\(path) ends in .\(other); known are manifest .csv, MedMNIST .npz, a folder with one folder a "
                        + "class, and a sealed store.")
            }
        }
    }
}
