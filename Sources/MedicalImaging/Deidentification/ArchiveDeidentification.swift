/// De-identifies the files of an archive, in this process or in others.
package struct ArchiveDeidentification: Sendable {
    /// Waits for a file; throws `ImagingError` for one to be held back.
    package typealias Pending = () throws -> Deidentifier.Output

    /// How many files may be begun before the first of them is waited for.
    let lookahead: Int
    /// Takes a path, and the name for messages.
    let begin: @Sendable (_ path: String, _ name: String) throws -> Pending

    package init(lookahead: Int, begin: @escaping @Sendable (_ path: String, _ name: String) throws -> Pending) {
        self.lookahead = max(1, lookahead)
        self.begin = begin
    }

    /// In this process, one file at a time.
    package init(_ deidentifier: Deidentifier) {
        self.init(lookahead: 1) { path, name in
            {
                let bytes = try readFile(path, missing: .unreadableFile, what: "An archive's file")
                return try deidentifier.deidentify(bytes, file: name)
            }
        }
    }
}
