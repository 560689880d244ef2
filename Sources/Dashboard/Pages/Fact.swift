/// A name and its value.
struct Fact {
    let name: String
    let value: String
    /// Digests and keys are set in a face of even width.
    let isCode: Bool

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
        isCode = false
    }

    init(_ name: String, code value: String) {
        self.name = name
        self.value = value
        isCode = true
    }
}
