/// Something a rule does not allow.
struct Finding: Hashable, CustomStringConvertible {
    let path: String
    let line: Int
    let what: String

    var description: String { "\(path):\(line): \(what)" }
}

/// The rules of the house, as functions over text.
enum TidyRules {
    static let columnsMax = 120
    static let linesMax = 500

    static func upwardImports(_ file: SourceText) -> [Finding] {
        guard Floors.floorOfTarget[file.target] != nil else {
            return [
                Finding(path: file.path, line: 1, what: "\(file.target) stands on no floor: add it to Floors.swift")
            ]
        }
        return numbered(file.codeLines).compactMap { number, line in
            let words = line.split(separator: " ")
            guard let position = words.firstIndex(of: "import"), position < 3, position + 1 < words.count,
                words[..<position].allSatisfy({ $0.hasPrefix("@") || Self.accessWords.contains(String($0)) })
            else { return nil }
            let module = String(words[words.count - 1].split(separator: ".")[0])
            guard !Floors.allow(file.target, importing: module) else { return nil }
            return Finding(
                path: file.path, line: number, what: "\(file.target) may not import \(module): it stands higher")
        }
    }

    private static let accessWords: Set<String> = ["public", "package", "internal", "private", "fileprivate"]

    static func bannedCalls(_ file: SourceText) -> [Finding] {
        guard let floor = Floors.floorOfTarget[file.target], floor <= 2 else { return [] }
        let allowed = Floors.exceptions.filter { file.path.hasPrefix($0.path) }.reduce(into: Set<String>()) {
            $0.formUnion($1.calls)
        }
        return find(Floors.bannedCalls.filter { !allowed.contains($0) }, in: file) {
            "\($0) is not allowed below floor 3: take it as an argument"
        }
    }

    static func dangerousWords(_ file: SourceText) -> [Finding] {
        find(["try!", "as!", "fatalError("], in: file) { "\($0) is not allowed" }
    }

    static func unfinishedWork(_ file: SourceText) -> [Finding] {
        numbered(file.lines).flatMap { number, line in
            ["TODO", "FIXME"].filter { contains($0, in: line) }.map {
                Finding(path: file.path, line: number, what: "\($0): finish it or write an issue")
            }
        }
    }

    static func longLines(_ file: SourceText) -> [Finding] {
        numbered(file.lines).filter { $0.line.count > columnsMax }.map {
            Finding(path: file.path, line: $0.number, what: "\($0.line.count) columns; \(columnsMax) at most")
        }
    }

    static func longFiles(_ file: SourceText) -> [Finding] {
        let count = file.lines.count - (file.text.hasSuffix("\n") ? 1 : 0)
        guard count > linesMax else { return [] }
        return [Finding(path: file.path, line: count, what: "\(count) lines: look for the second type")]
    }

    /// `Type.swift` declares `Type` or something whose name contains it; `Type+Topic.swift` extends `Type`. A file of
    /// functions alone may be named by its topic.
    static func misnamedFiles(_ file: SourceText) -> [Finding] {
        let base = file.name.split(separator: "+")[0].lowercased()
        let declared = Declarations(of: file)
        let isTopic = file.name.contains("+")
        if !isTopic && declared.types.isEmpty && !declared.names.isEmpty { return [] }
        let names = isTopic ? declared.names.union(declared.extended) : declared.names
        guard !names.contains(where: { $0.lowercased().contains(base) }) else { return [] }
        return [Finding(path: file.path, line: 1, what: "declares nothing named \(file.name), but \(names.sorted())")]
    }

    /// Files nobody needs: none of the names they declare is mentioned in another file.
    static func deadFiles(_ files: [SourceText]) -> [Finding] {
        let words = files.map { Set(Declarations.words(of: $0.text)) }
        return files.indices.compactMap { index in
            let declared = Declarations(of: files[index])
            guard !declared.isEntry else { return nil }
            let names = declared.visible.union(declared.members)
            let isAlive = names.contains { name in
                words.indices.contains { $0 != index && words[$0].contains(name) }
            }
            guard !isAlive else { return nil }
            return Finding(path: files[index].path, line: 1, what: "is dead: nothing else mentions \(names.sorted())")
        }
    }

    /// Images and databases do not belong into a repository; a picture in the documentation does.
    static func trackedData(_ paths: [String]) -> [Finding] {
        let banned = [
            "png", "jpg", "jpeg", "tif", "tiff", "bmp", "dcm", "nii", "npz", "npy", "sqlite", "db", "safetensors",
            "zip",
        ]
        return paths.filter { path in
            guard let ending = path.split(separator: ".").last?.lowercased(), banned.contains(ending) else {
                return false
            }
            return !(path.hasPrefix("Documentation/") && (ending == "png" || ending == "jpg"))
        }.map { Finding(path: $0, line: 0, what: "is data: keep it out of the repository") }
    }

    private static func numbered(_ lines: [Substring]) -> [(number: Int, line: Substring)] {
        lines.enumerated().map { ($0.offset + 1, $0.element) }
    }

    private static func find(_ words: [String], in file: SourceText, _ message: (String) -> String) -> [Finding] {
        numbered(file.codeLines).flatMap { number, line in
            words.filter { contains($0, in: line) }.map {
                Finding(path: file.path, line: number, what: message($0))
            }
        }
    }

    /// True when `word` stands in `line` and no letter, digit or underscore stands right before it.
    private static func contains(_ word: String, in line: Substring) -> Bool {
        line.ranges(of: word).contains { range in
            guard range.lowerBound > line.startIndex else { return true }
            let before = line[line.index(before: range.lowerBound)]
            return !(before.isLetter || before.isNumber || before == "_")
        }
    }
}
