import Foundation
import Testing

@testable import MedicalImaging

/// Classes of DICOM files, by patterns and by table.
@Suite struct LabelRulesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for (name, description, accession) in [
            ("a", "Chest: viral PNEUMONIA", "1"), ("b", "Chest PA", "2"), ("c", "Knee", "3"),
        ] {
            var file = DicomFixture(rows: 2, columns: 2, values: [1, 2, 3, 4])
            file.text(0x0008_0018, "UI", "1.2.3")
            file.text(0x0008_0050, "SH", accession)
            file.text(0x0008_1030, "LO", description)
            try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder.path)/\(name).dcm"))
        }
        try folder.write("notes.txt", "no image")
    }

    private func archive(_ yaml: String) throws -> LabelledArchive {
        let rules = try LabelRules(yaml: yaml, file: "rules.yaml", folder: folder.path)
        return try LabelledArchive(from: folder.path, rules: rules) { _, _ in }
    }

    @Test func theFirstRuleThatHoldsDecides() throws {
        let yaml = """
            from: tags
            rules:
              - {label: pneumonia, where: {StudyDescription: "*pneumon*"}}
              - {label: clear, where: {StudyDescription: "chest*"}}
            """
        let archive = try archive(yaml)
        #expect(archive.counts == ["pneumonia": 1, "clear": 1] && archive.unmatched == 1 && archive.unreadable == 1)
        #expect(archive.manifest == "file,label\na.dcm,pneumonia\nb.dcm,clear\n")
        #expect(try self.archive(yaml + "\notherwise: other\n").counts["other"] == 1)
    }

    @Test func aTableOfFindingsGivesLabels() throws {
        try folder.write("findings.csv", "AccessionNumber,finding\n1,\"yes, surely\"\n2,no\n")
        let archive = try archive("from: csv\nfile: findings.csv\nkey: AccessionNumber\ncolumn: finding\n")
        #expect(archive.manifest == "file,label\na.dcm,\"yes, surely\"\nb.dcm,no\n" && archive.unmatched == 1)
    }

    @Test(arguments: [
        ("", "no keys"), ("from: dreams\n", "tags or csv"), ("from: tags\n", "rules is missing"),
        ("from: tags\nrules:\n  - {label: a}\n", "label and where"),
        ("from: tags\nrules:\n  - {label: a, where: {Mood: good}}\n", "eight hexadecimal digits"),
        ("from: tags\ncolour: red\n", "line 2: unknown key"), ("from: csv\nfile: x\n", "needs file, key and column"),
    ])
    func whatIsWrongIsNamed(yaml: String, reason: String) {
        do {
            _ = try archive(yaml)
            Issue.record("taken")
        } catch {
            #expect("\(error)".contains("rules.yaml") && "\(error)".contains(reason), "\(error)")
        }
    }

    @Test func theExampleIsRead() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..")
        _ = try LabelRules(file: root.appending(path: "Examples/labels.yaml").path)
    }

    @Test(arguments: [
        ("abc", "abc", true), ("abc", "a*", true), ("abc", "*c", true), ("abc", "a?c", true), ("abc", "*", true),
        ("", "*", true), ("", "", true), ("abc", "ab", false), ("abc", "b*", false), ("aXbXc", "a*b*c", true),
        ("mississippi", "m*iss*ip*i", true), ("mississippi", "m*iss*ipx*i", false), ("a*c", "a*c", true),
    ])
    func wildcards(text: String, pattern: String, expected: Bool) {
        #expect(LabelRules.matches(Array(text), Array(pattern)) == expected)
    }

    @Test func patternsTakeNoLongTime() {
        let text = Array(String(repeating: "a", count: 20_000))
        #expect(!LabelRules.matches(text, Array(String(repeating: "a*", count: 200) + "b")))
    }
}
