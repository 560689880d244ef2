/// What became of one attribute, counted over elements; values before are counted, never kept.
struct AttributeTally: Codable, Hashable, Sendable {
    private(set) var vr = ""
    private(set) var kept = 0
    private(set) var removed = 0
    private(set) var emptied = 0
    private(set) var replaced = 0
    /// Elements that bore text before, and the longest of them in characters.
    private(set) var withText = 0
    private(set) var longest = 0
    /// The first few values of the output, cut at 40 characters.
    private(set) var examples: [String] = []
    private(set) var hasMoreExamples = false

    private static let exampleLimit = 3

    mutating func count(_ decision: DeidentificationEdit.Decision, vr: String, text: String) {
        self.vr = vr
        if !text.isEmpty { withText += 1 }
        longest = max(longest, text.count)
        switch decision {
        case .keep:
            kept += 1
            remember(text)
        case .remove: removed += 1
        case .hollow: replaced += 1
        case .replace(""): emptied += 1
        case .replace(let value):
            replaced += 1
            remember(value)
        }
    }

    mutating func add(_ other: AttributeTally) {
        vr = other.vr
        kept += other.kept
        removed += other.removed
        emptied += other.emptied
        replaced += other.replaced
        withText += other.withText
        longest = max(longest, other.longest)
        hasMoreExamples = hasMoreExamples || other.hasMoreExamples
        for example in other.examples { remember(example) }
    }

    private mutating func remember(_ value: String) {
        let short = value.count > 40 ? value.prefix(39) + "…" : Substring(value)
        guard !short.isEmpty, !examples.contains(String(short)) else { return }
        guard examples.count < Self.exampleLimit else {
            hasMoreExamples = true
            return
        }
        examples.append(String(short))
    }
}
