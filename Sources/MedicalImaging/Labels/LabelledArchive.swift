import Foundation

/// A folder of DICOM files with a label for each: a manifest CSV that ingest reads.
package struct LabelledArchive: Sendable {
    package let files: Int
    /// Files of each label.
    package let counts: [String: Int]
    /// Files that no rule meets, and files that are no readable DICOM.
    package let unmatched: Int
    package let unreadable: Int
    /// `file,label,patient`: paths below the folder. Patients are named by the files.
    package let manifest: String

    /// - Throws: `ImagingError` for a folder without files.
    package init(from folder: String, rules: LabelRules, progress: (Int, Int) -> Void) throws {
        let names = try DeidentifiedArchive.files(under: folder).filter { !$0.lowercased().hasSuffix(".csv") }
        guard !names.isEmpty else { throw ImagingError(.missingPath, "There is no file under \(folder).") }
        var lines = ["file,label"]
        var counts: [String: Int] = [:]
        var (unmatched, unreadable) = (0, 0)
        for (index, name) in names.enumerated() {
            if let bytes = try? readFile("\(folder)/\(name)", missing: .missingImage, what: "A file"),
                let file = try? DicomFile(bytes, file: name)
            {
                if let label = rules.label(of: file) {
                    counts[label, default: 0] += 1
                    lines.append("\(Self.field(name)),\(Self.field(label))")
                } else {
                    unmatched += 1
                }
            } else {
                unreadable += 1
            }
            progress(index + 1, names.count)
        }
        files = names.count
        self.counts = counts
        self.unmatched = unmatched
        self.unreadable = unreadable
        manifest = lines.joined(separator: "\n") + "\n"
    }

    private static func field(_ text: String) -> String {
        guard text.contains(where: { [",", "\"", "\n"].contains($0) }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
