import Foundation

extension SealedStore {
    /// Writes every sample as a PNG in the clear, below split and class, and a manifest CSV with pseudonyms.
    ///
    /// - Parameter folder: New or empty; readable by its owner only.
    /// - Returns: Number of images written.
    /// - Throws: `ImagingError`; a sample that does not open ends the export.
    package func export(to folder: String, progress: (Int, Int) -> Void) throws -> Int {
        let manifest = try finishedManifest()
        try makeFolder(folder)
        guard try listFolder(folder).isEmpty else {
            throw ImagingError(.invalidArgument, "\(folder) is not empty; give a new directory to export to.")
        }
        let size = manifest.preprocessing.imageSize
        var rows = ["file,label,patient,split"]
        for (index, entry) in manifest.samples.enumerated() {
            let name = "\(entry.split.rawValue)/class-\(entry.label)/\(entry.address.prefix(32)).png"
            let place = "\(folder)/\(name)"
            try makeFolder(URL(fileURLWithPath: place).deletingLastPathComponent().path)
            let png = try encodePNG(try read(entry, of: manifest), width: size, height: size)
            try writeAtomically(png, to: place, mode: 0o600, isDurable: false)
            let label = manifest.classNames[entry.label].replacingOccurrences(of: "\"", with: "\"\"")
            rows.append("\(name),\"\(label)\",\(entry.patient),\(entry.split.rawValue)")
            progress(index + 1, manifest.samples.count)
        }
        try writeAtomically(
            Array((rows.joined(separator: "\n") + "\n").utf8), to: "\(folder)/manifest.csv", mode: 0o600,
            isDurable: true)
        return manifest.samples.count
    }
}
