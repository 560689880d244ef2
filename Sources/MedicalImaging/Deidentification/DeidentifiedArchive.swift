import Foundation

/// A folder of DICOM files, de-identified into another.
package struct DeidentifiedArchive: Sendable {
    package let files: Int
    package let record: DeidentificationRecord
    /// Lists the files that were held back, for a human; nil where there are none.
    package let heldBackList: String?

    /// Writes every file as `TO/pseudonym/instance.dcm`; names of source files are in no output but the list of those
    /// held back, beside the folder, for its owner only. Run again, it writes the same bytes.
    ///
    /// - Throws: `ImagingError` where a folder cannot be read or written. A file that cannot be de-identified is held
    ///   back, never copied.
    package init(
        from source: String, to target: String, with deidentification: ArchiveDeidentification,
        progress: (_ done: Int, _ total: Int) -> Void
    ) throws {
        let names = try Self.files(under: source)
        guard !names.isEmpty else {
            throw ImagingError(.missingPath, "There is no file under \(source).")
        }
        try makeFolder(target)
        var record = DeidentificationRecord()
        var list = "reason,file\n"
        var begun: [ArchiveDeidentification.Pending] = []
        for (index, name) in names.enumerated() {
            while begun.count < deidentification.lookahead, index + begun.count < names.count {
                let next = names[index + begun.count]
                begun.append(try deidentification.begin("\(source)/\(next)", next))
            }
            let pending = begun.removeFirst()
            do {
                let output = try pending()
                let folder = "\(target)/\(output.pseudonym)"
                try makeFolder(folder)
                let path = "\(folder)/\(output.instance).dcm"
                if FileManager.default.fileExists(atPath: path) {
                    // The same bytes are those of an earlier run.
                    guard try readFile(path, missing: .unreadableFile, what: "A file written before") == output.bytes
                    else { throw ImagingError(.duplicateImage, "\(name) is another file with the same UID.") }
                } else {
                    try writeAtomically(output.bytes, to: path, mode: 0o600, isDurable: false)
                }
                record.add(output)
            } catch let error as ImagingError where error.code != .unwritableFile {
                record.holdBack(error.code)
                list += "\(error.code.rawValue),\"\(name.replacingOccurrences(of: "\"", with: "\"\""))\"\n"
            }
            progress(index + 1, names.count)
        }
        let listPath = "\(target).held-back.csv"
        if !record.heldBack.isEmpty {
            try writeAtomically(Array(list.utf8), to: listPath, mode: 0o600, isDurable: true)
        }
        files = names.count
        self.record = record
        heldBackList = record.heldBack.isEmpty ? nil : listPath
    }

    static func files(under folder: String) throws -> [String] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue,
            let all = FileManager.default.enumerator(atPath: folder)
        else { throw ImagingError(.missingPath, "There is no folder at \(folder).") }
        return all.compactMap { $0 as? String }.filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }
}
