/// A Swift file as the rules see it.
struct SourceText {
    /// Path from the repository's root, for instance `Sources/Ledger/Digest.swift`.
    let path: String
    let text: String

    /// The target's name: the folder below `Sources`.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }

    /// The file's name without folder and `.swift`.
    var name: String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".swift") ? String(file.dropLast(6)) : file
    }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The lines with comments and the contents of string literals made blank, so that rules see code only.
    ///
    /// Code interpolated into a string is blanked too: a banned call there goes unseen.
    var codeLines: [Substring] {
        Self.code(of: text).split(separator: "\n", omittingEmptySubsequences: false)
    }

    static func code(of text: String) -> String {
        enum State { case code, line, block(Int), string(delimiter: [Character], isRaw: Bool) }
        var result = ""
        var state = State.code
        let characters = Array(text)
        var index = 0
        func matches(_ word: [Character]) -> Bool {
            index + word.count <= characters.count && Array(characters[index..<index + word.count]) == word
        }
        while index < characters.count {
            let character = characters[index]
            if character == "\n" {
                if case .line = state { state = .code }
                result.append(character)
                index += 1
                continue
            }
            switch state {
            case .code:
                if matches(["/", "/"]) {
                    state = .line
                } else if matches(["/", "*"]) {
                    state = .block(1)
                    index += 1
                } else if character == "\"" || matches(["#", "\""]) {
                    let isRaw = character == "#"
                    index += isRaw ? 1 : 0
                    let isMultiline = matches(["\"", "\"", "\""])
                    let quotes: [Character] = isMultiline ? ["\"", "\"", "\""] : ["\""]
                    index += quotes.count - 1
                    state = .string(delimiter: quotes + (isRaw ? ["#"] : []), isRaw: isRaw)
                } else {
                    result.append(character)
                    index += 1
                    continue
                }
                result.append(" ")
                index += 1
            case .line:
                index += 1
            case .block(let depth):
                if matches(["*", "/"]) {
                    state = depth == 1 ? .code : .block(depth - 1)
                    index += 1
                } else if matches(["/", "*"]) {
                    state = .block(depth + 1)
                    index += 1
                }
                index += 1
            case .string(let delimiter, let isRaw):
                if character == "\\" && !isRaw {
                    index += 1
                    if index < characters.count, characters[index] != "\n" { index += 1 }
                } else if matches(delimiter) {
                    index += delimiter.count
                    state = .code
                } else {
                    index += 1
                }
            }
        }
        return result
    }
}
