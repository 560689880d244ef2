import Foundation

/// Where to take images from.
package enum ImageSource: Hashable, Sendable {
    /// A manifest CSV, a folder per class, a MedMNIST `.npz`, or a sealed store.
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
///   - key: Opens a sealed store; without it `CORDON_DATA_KEY` names the key's file.
///   - preparation: Decodes the files of a folder or manifest; in this process unless a pool of others is given.
///   - environment: Searched for `CORDON_DATA_KEY`, and for `XDG_CACHE_HOME` and `HOME` when something is downloaded.
///   - progress: Called with images done and images in all.
/// - Throws: `ImagingError` that names the file, line or class at fault.
package func loadImages(
    from source: ImageSource, key: StoreKeyFile? = nil, imageSize: Int, seed: UInt64,
    preparation: SamplePreparation = .decoding,
    environment: [String: String] = ProcessInfo.processInfo.environment, progress: (Int, Int) -> Void
) throws -> ImageSet {
    guard (16...1024).contains(imageSize) else {
        throw ImagingError(.invalidArgument, "The image size \(imageSize) is outside 16…1024 pixels.")
    }
    switch source {
    case .path(let path):
        let key = key ?? environment["CORDON_DATA_KEY"].map { StoreKeyFile($0) }
        return try loadPath(
            path, key: key, imageSize: imageSize, seed: seed, preparation: preparation, progress: progress)
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

private func loadPath(
    _ path: String, key: StoreKeyFile?, imageSize: Int, seed: UInt64, preparation: SamplePreparation,
    progress: (Int, Int) -> Void
) throws -> ImageSet {
    switch try LocatedImages(path) {
    case .draft(let draft):
        return try draft.load(imageSize: imageSize, seed: seed, preparation: preparation, progress: progress)
    case .archive(let file): return try readMedMNIST(file, imageSize: imageSize, progress: progress)
    case .store(let place):
        guard let key else {
            throw ImagingError(
                .missingKey, "\(place) is a sealed store: give its key with --data-key, or name it in CORDON_DATA_KEY.")
        }
        return try SealedStore(opening: place, with: key).load(imageSize: imageSize, progress: progress)
    }
}
