/// The names that a Swift file declares.
struct Declarations {
    /// Types and functions at the top level, and types nested in a top-level extension.
    var names: Set<String> = []
    /// Those of them that other files can see.
    var visible: Set<String> = []
    /// Those of the visible that are types at the top level.
    var types: Set<String> = []
    /// Types that are extended.
    var extended: Set<String> = []
    /// Everything declared in extensions, which is how a file without a visible name of its own can be needed.
    var members: Set<String> = []
    /// True when the program begins here, or when the file only makes a type conform.
    var isEntry = false

    private static let typeWords: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
    private static let memberWords: Set<Substring> = ["func", "var", "let", "case", "init", "subscript"]

    init(of file: SourceText) {
        var isInExtension = false
        for line in file.codeLines {
            let depth = line.prefix { $0 == " " }.count / 4
            guard depth <= 1 else { continue }
            let words = Self.words(of: String(line))
            if words.first == "main" && line.hasPrefix("@main") { isEntry = true }
            guard
                let position = words.firstIndex(where: {
                    Self.typeWords.contains($0[...]) || Self.memberWords.contains($0[...]) || $0 == "extension"
                })
            else { continue }
            let keyword = words[position][...]
            let next = position + 1 < words.count ? words[position + 1] : ""
            if depth == 0 { isInExtension = keyword == "extension" }
            if keyword == "extension" {
                extended.formUnion(Self.path(after: line))
                if line.contains(":") { isEntry = isEntry || line.hasSuffix("{}") }
            } else if keyword == "init" {
                if isInExtension { members.formUnion(extended) }
            } else if depth == 0 || Self.typeWords.contains(keyword) {
                names.insert(next)
                if words[..<position].contains(where: { $0 == "private" || $0 == "fileprivate" }) { continue }
                visible.insert(next)
                if Self.typeWords.contains(keyword) && depth == 0 { types.insert(next) }
            } else if isInExtension {
                members.insert(next)
            }
        }
        if let only = extended.first, names.isEmpty, members.isEmpty { members.insert(only) }
    }

    /// The parts of `A.B` in `extension A.B: C {`.
    private static func path(after line: Substring) -> [String] {
        guard let range = line.firstRange(of: "extension ") else { return [] }
        return line[range.upperBound...].prefix { !":{< ".contains($0) }.split(separator: ".").map(String.init)
    }

    /// Identifiers of a text.
    static func words(of text: String) -> [String] {
        text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    }
}
