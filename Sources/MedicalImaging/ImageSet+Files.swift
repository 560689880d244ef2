import Foundation

extension ImageSet {
    /// Writes every image as a PNG below its class, and `manifest.csv` with file, label, patient and split.
    ///
    /// - Parameter folder: new or empty.
    package func write(to folder: String) throws {
        try makeFolder(folder)
        guard try listFolder(folder).isEmpty else {
            throw ImagingError(.invalidArgument, "\(folder) is not empty; give a new directory.")
        }
        var rows = ["file,label,patient,split"]
        for (index, sample) in samples.enumerated() {
            let name = "\(classNames[sample.label])/\(index).png"
            let place = "\(folder)/\(name)"
            try makeFolder(URL(fileURLWithPath: place).deletingLastPathComponent().path)
            try writeAtomically(try png(index), to: place, mode: 0o644, isDurable: false)
            rows.append("\(name),\(classNames[sample.label]),\(sample.patient),\(sample.split.rawValue)")
        }
        try writeAtomically(
            Array((rows.joined(separator: "\n") + "\n").utf8), to: "\(folder)/manifest.csv", mode: 0o644,
            isDurable: true)
    }
}
