/// A configuration file as init writes it: every key with its meaning; keys that nobody gave stand there as comments.
struct ConfigurationText {
    private let heading: String
    private let keys: [ConfigurationKey]
    private var given: [String: String] = [:]

    init(heading: String, keys: [ConfigurationKey]) {
        self.heading = heading
        self.keys = keys
    }

    mutating func set(_ key: ConfigurationKey, _ value: String?) {
        guard let value else { return }
        given[key.name] = Self.scalar(value)
    }

    mutating func set(_ key: ConfigurationKey, _ values: [String]) {
        given[key.name] = "[" + values.map(Self.scalar).joined(separator: ", ") + "]"
    }

    var text: String {
        let paragraphs = keys.map { key in
            let value = given[key.name].map { "\(key.name): \($0)" }
            return "# \(key.meaning) (\(key.type))\n" + (value ?? "# \(key.name): \(key.standardText)")
        }
        return "# \(heading)\n\n" + paragraphs.joined(separator: "\n\n") + "\n"
    }

    /// Plain where YAML cannot take it for anything else, quoted otherwise.
    private static func scalar(_ text: String) -> String {
        let isPlain =
            text.first.map { $0.isLetter || $0.isNumber || $0 == "/" || $0 == "." } ?? false
            && text.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "._/-:".unicodeScalars.contains($0))
            } && !text.hasSuffix(":")
        guard !isPlain else { return text }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
