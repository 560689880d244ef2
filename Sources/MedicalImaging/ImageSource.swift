import Foundation

/// Where to take images from.
package enum ImageSource: Hashable, Sendable {
    /// A manifest CSV, a folder per class, or a MedMNIST `.npz`.
    case path(String)
    /// PneumoniaMNIST from its official record, downloaded once; synthetic images if that cannot be had.
    case pneumoniaMNIST
    /// Radiographs made on the spot, about `count` of them.
    case synthetic(count: Int)

    /// How many images stand in for a download that failed.
    package static let defaultSyntheticCount = 3000

    /// `--data`, else `CORDON_DATA`, else PneumoniaMNIST. `synthetic` and `synthetic:COUNT` ask for made-up images.
    package static func resolve(data: String?, environment: [String: String]) -> ImageSource {
        guard let wish = data ?? environment["CORDON_DATA"], !wish.isEmpty else { return .pneumoniaMNIST }
        if wish == "synthetic" { return .synthetic(count: defaultSyntheticCount) }
        if wish.hasPrefix("synthetic:"), let count = Int(wish.dropFirst("synthetic:".count)), count > 0 {
            return .synthetic(count: count)
        }
        return .path(wish)
    }
}

/// Loads, resizes and splits a data set; checks that something sound can be trained on it.
///
/// - Parameters:
///   - imageSize: Side of the square images, 16…1024 pixels.
///   - seed: Decides the split where the source has none, and the synthetic images.
///   - environment: Searched for `XDG_CACHE_HOME` and `HOME` when something is downloaded.
///   - progress: Called with images done and images in all.
/// - Throws: `ImagingError` that names the file, line or class at fault.
package func loadImages(
    from source: ImageSource, imageSize: Int, seed: UInt64,
    environment: [String: String] = ProcessInfo.processInfo.environment, progress: (Int, Int) -> Void
) throws -> ImageSet {
    guard (16...1024).contains(imageSize) else {
        throw ImagingError(.invalidArgument, "The image size \(imageSize) is outside 16…1024 pixels.")
    }
    switch source {
    case .path(let path):
        return try loadPath(path, imageSize: imageSize, seed: seed, progress: progress)
    case .pneumoniaMNIST:
        do {
            let file = try PneumoniaMNIST.fetch(environment: environment)
            return try readMedMNIST(file, imageSize: imageSize, progress: progress)
                .renamed("PneumoniaMNIST", origin: .pneumoniaMNIST)
        } catch let error as ImagingError where error.code == .download {
            let made = try makeSyntheticRadiographs(
                count: ImageSource.defaultSyntheticCount, imageSize: imageSize, seed: seed, progress: progress)
            return made.noting(["PneumoniaMNIST could not be had, synthetic images stand in: \(error.message)"])
        }
    case .synthetic(let count):
        return try makeSyntheticRadiographs(count: count, imageSize: imageSize, seed: seed, progress: progress)
    }
}

private func loadPath(_ path: String, imageSize: Int, seed: UInt64, progress: (Int, Int) -> Void) throws -> ImageSet {
    guard FileManager.default.fileExists(atPath: path) else {
        guard !path.hasPrefix("synthetic:") else {
            throw ImagingError(
                .invalidArgument, "\(path) asks for no number of images; write synthetic or synthetic:600, say.")
        }
        throw ImagingError(
            .missingPath,
            "There is no data at \(path). Give --data a manifest CSV, a folder per class or an .npz file.")
    }
    if isFolder(path) {
        let manifest = path + "/manifest.csv"
        let draft =
            FileManager.default.fileExists(atPath: manifest)
            ? try readManifest(manifest) : try readClassFolders(path)
        return try draft.load(imageSize: imageSize, seed: seed, progress: progress)
    }
    switch URL(fileURLWithPath: path).pathExtension.lowercased() {
    case "npz": return try readMedMNIST(path, imageSize: imageSize, progress: progress)
    case "csv": return try readManifest(path).load(imageSize: imageSize, seed: seed, progress: progress)
    case let other:
        throw ImagingError(
            .unknownFormat,
            "\(path) ends in .\(other); known are manifest .csv, MedMNIST .npz and a folder with one folder a class.")
    }
}
