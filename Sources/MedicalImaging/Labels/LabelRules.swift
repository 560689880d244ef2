import Foundation
import Yams

/// Where the class of a DICOM file comes from: a table of findings, or its own attributes by pattern.
///
///     from: tags                                   from: csv
///     rules:                                       file: findings.csv
///       - label: pneumonia                         key: AccessionNumber
///         where: {StudyDescription: "*pneumon*"}   column: finding
///       - label: clear
///         where: {Modality: DX, BodyPartExamined: CHEST}
///     otherwise: exclude
///
/// Patterns are whole values without regard to case; `*` stands for any characters and `?` for one. All conditions of a
/// rule must hold; the first rule that holds decides.
package struct LabelRules: Sendable {
    struct Rule: Sendable {
        let label: String
        let conditions: [(tag: DicomTag, pattern: String)]
    }

    enum Source: Sendable {
        case tags([Rule])
        case table(key: DicomTag, labels: [String: String])
    }

    let source: Source
    /// The label of what no rule meets; nil leaves it out.
    let otherwise: String?

    /// Attributes by keyword; others by eight hexadecimal digits.
    private static let keywords: [String: DicomTag] = [
        "SOPInstanceUID": DicomTag(0x0008, 0x0018), "StudyDate": DicomTag(0x0008, 0x0020),
        "AccessionNumber": DicomTag(0x0008, 0x0050), "Modality": .modality,
        "StudyDescription": DicomTag(0x0008, 0x1030),
        "SeriesDescription": DicomTag(0x0008, 0x103E), "PatientID": .patientID, "PatientSex": DicomTag(0x0010, 0x0040),
        "BodyPartExamined": DicomTag(0x0018, 0x0015), "ProtocolName": DicomTag(0x0018, 0x1030),
        "ViewPosition": DicomTag(0x0018, 0x5101), "StudyInstanceUID": DicomTag(0x0020, 0x000D),
        "SeriesInstanceUID": DicomTag(0x0020, 0x000E), "ImageComments": DicomTag(0x0020, 0x4000),
        "RequestedProcedureDescription": DicomTag(0x0032, 0x1060), "ImageType": DicomTag(0x0008, 0x0008),
    ]

    /// - Throws: `ImagingError` that names file, line and what is known there.
    package init(file: String) throws {
        let bytes = try readFile(file, missing: .missingPath, what: "The label rules")
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        try self.init(yaml: String(decoding: bytes.prefix(1 << 20), as: UTF8.self), file: file, folder: folder)
    }

    init(yaml: String, file: String, folder: String) throws {
        func malformed(_ reason: String) -> ImagingError {
            ImagingError(.malformedRow, "\(file) holds no label rules: \(reason).")
        }
        let mapping: Node.Mapping
        do {
            guard let node = try Yams.compose(yaml: yaml)?.mapping else { throw malformed("it has no keys") }
            mapping = node
        } catch let error as YamlError {
            throw malformed("\(error)")
        }
        var values: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.string, ["from", "rules", "otherwise", "file", "key", "column"].contains(name) else {
                throw malformed(
                    "line \(key.mark?.line ?? 0): unknown key; known are from, rules, otherwise, file, key, column")
            }
            values[name] = value
        }
        let otherwise = values["otherwise"]?.string ?? "exclude"
        self.otherwise = otherwise == "exclude" ? nil : otherwise
        switch values["from"]?.string {
        case "tags":
            guard let rules = values["rules"]?.sequence, !rules.isEmpty else { throw malformed("rules is missing") }
            source = .tags(
                try rules.map { rule in
                    guard let label = rule["label"]?.string, !label.isEmpty, let place = rule["where"]?.mapping,
                        !place.isEmpty
                    else { throw malformed("line \(rule.mark?.line ?? 0): a rule has label and where") }
                    return Rule(
                        label: label,
                        conditions: try place.map { key, value in
                            guard let tag = key.string.flatMap(Self.tag), let pattern = value.string else {
                                throw malformed("line \(key.mark?.line ?? 0): \(Self.attributesHint)")
                            }
                            return (tag, pattern.lowercased())
                        })
                })
        case "csv":
            guard let name = values["file"]?.string, let column = values["column"]?.string,
                let key = values["key"]?.string, let tag = Self.tag(key)
            else { throw malformed("from: csv needs file, key and column; \(Self.attributesHint)") }
            let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
            source = .table(key: tag, labels: try Self.labels(path, key: key, column: column))
        default: throw malformed("from must be tags or csv")
        }
    }

    private static let attributesHint =
        "an attribute is eight hexadecimal digits or one of \(keywords.keys.sorted().joined(separator: ", "))"

    private static func tag(_ name: String) -> DicomTag? {
        keywords[name] ?? (name.count == 8 ? UInt32(name, radix: 16).map { DicomTag(value: $0) } : nil)
    }

    private static func labels(_ path: String, key: String, column: String) throws -> [String: String] {
        let bytes = try readFile(path, missing: .missingPath, what: "The table of labels")
        let table = try DelimitedTable(String(decoding: bytes, as: UTF8.self), file: path)
        guard let keyPlace = table.column(key.lowercased()), let place = table.column(column.lowercased()) else {
            throw ImagingError(.missingColumn, "\(path) lacks the column \(key) or \(column).")
        }
        var labels: [String: String] = [:]
        for row in table.rows {
            let (name, label) = (trimmed(row.fields[keyPlace]), trimmed(row.fields[place]))
            guard labels[name, default: label] == label else {
                throw ImagingError(.malformedRow, "\(path) line \(row.line) gives another label than a line before it.")
            }
            labels[name] = label
        }
        return labels
    }

    /// The label of a file; nil to leave it out.
    func label(of file: DicomFile) -> String? {
        switch source {
        case .tags(let rules):
            for rule in rules {
                let holds = rule.conditions.allSatisfy { tag, pattern in
                    Self.matches(Array((file.text(tag) ?? "").lowercased()), Array(pattern))
                }
                if holds { return rule.label }
            }
            return otherwise
        case .table(let key, let labels):
            return file.text(key).flatMap { labels[$0] } ?? otherwise
        }
    }

    /// Wildcards in time of text by pattern: the last `*` is all that is ever gone back to.
    static func matches(_ text: [Character], _ pattern: [Character]) -> Bool {
        var (place, wild, star, mark) = (0, 0, -1, 0)
        while place < text.count {
            if wild < pattern.count, pattern[wild] == "?" || (pattern[wild] == text[place] && pattern[wild] != "*") {
                place += 1
                wild += 1
            } else if wild < pattern.count, pattern[wild] == "*" {
                star = wild
                mark = place
                wild += 1
            } else if star >= 0 {
                wild = star + 1
                mark += 1
                place = mark
            } else {
                return false
            }
        }
        return pattern[wild...].allSatisfy { $0 == "*" }
    }
}
