import Foundation

/// Reads a manifest CSV: `file,label`, optional `patient` or `group`, optional `split` or `patient_split`.
func readManifest(_ path: String) throws -> DraftSet {
    let bytes = try readFile(path, missing: .missingPath, what: "Manifest")
    let table = try DelimitedTable(String(decoding: bytes, as: UTF8.self), file: path)
    guard let fileColumn = table.column("file"), let labelColumn = table.column("label") else {
        let missing = ["file", "label"].filter { table.column($0) == nil }.joined(separator: " and ")
        throw ImagingError(
            .missingColumn, "\(path) has no column \(missing); its header is \(table.header.joined(separator: ",")).")
    }
    guard !table.rows.isEmpty else {
        throw ImagingError(.emptyManifest, "\(path) has a header but no image below it.")
    }
    let patientColumn = table.column("patient", "group")
    let splitColumn = table.column("patient_split", "split")
    let labels = try readLabels(table.rows.map { ($0.line, trimmed($0.fields[labelColumn])) }, file: path)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var samples: [DraftSample] = []
    for (row, label) in zip(table.rows, labels.indices) {
        let file = trimmed(row.fields[fileColumn])
        guard !file.isEmpty else {
            throw ImagingError(.malformedRow, "\(path) line \(row.line) names no file.")
        }
        var patient = patientColumn.map { trimmed(row.fields[$0]) } ?? ""
        if patient.isEmpty { patient = file }
        let split = try splitColumn.map { try readSplit(trimmed(row.fields[$0]), line: row.line, file: path) }
        let full = file.hasPrefix("/") ? file : folder + "/" + file
        samples.append(DraftSample(name: file, path: full, label: label, patient: patient, split: split))
    }
    var notes: [String] = []
    if patientColumn == nil {
        notes.append(DraftSample.patientNote("The manifest names", samples))
    }
    let folders = Set(zip(samples, labels.indices).map { "\($1)/" + parentFolder($0.name) })
    let areNumbers = labels.names.allSatisfy { Int($0) != nil }
    let names = areNumbers ? namesFromFolders(folders, classCount: labels.names.count) ?? labels.names : labels.names
    return DraftSet(
        name: URL(fileURLWithPath: folder).lastPathComponent, origin: .manifest,
        classNames: names, samples: samples, notes: notes)
}

/// Class names in order (integers ascending, or names sorted) and each row's index among them.
private func readLabels(_ cells: [(line: Int, text: String)], file: String) throws -> (names: [String], indices: [Int])
{
    let numeric = cells.first.map { Int($0.text) != nil } ?? false
    for cell in cells where cell.text.isEmpty || (Int(cell.text) != nil) != numeric {
        let found = cell.text.isEmpty ? "is empty" : "\"\(cell.text)\" is \(numeric ? "no" : "an") integer"
        throw ImagingError(
            .unreadableLabel,
            "\(file) line \(cell.line): the label \(found); give all labels as integers or all as names.")
    }
    var names = Set(cells.map(\.text)).sorted()
    if numeric { names.sort { (Int($0) ?? 0) < (Int($1) ?? 0) } }
    let position = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    return (names, cells.map { position[$0.text] ?? 0 })
}

private func readSplit(_ text: String, line: Int, file: String) throws -> Split {
    switch text.lowercased() {
    case "train", "training": return .train
    case "val", "valid", "validation": return .validation
    case "test", "testing": return .test
    default:
        throw ImagingError(
            .malformedRow, "\(file) line \(line): the split \"\(text)\" is none of train, val, validation, test.")
    }
}

private func parentFolder(_ file: String) -> String {
    file.split(separator: "/").dropLast().last.map(String.init) ?? ""
}

/// Folder names, when each class lies in one folder of its own: they say more than 0 and 1 do.
private func namesFromFolders(_ pairs: Set<String>, classCount: Int) -> [String]? {
    var names = [String](repeating: "", count: classCount)
    for pair in pairs.sorted() {
        let parts = pair.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let label = Int(parts[0]), names[label].isEmpty else { return nil }
        names[label] = String(parts[1])
    }
    return names.contains("") || Set(names).count != classCount ? nil : names
}
