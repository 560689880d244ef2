/// The commands that make the run again and check it.
struct ReproductionSection {
    let summary: RunSummary

    var html: HTML {
        let command = summary.commandLine.map(Self.quoted).joined(separator: " ")
        return ReportElements.section(
            "again", "Run it again",
            """
            <p>The same seed gives the same model and the same ledger, digest for digest.</p>
            <pre tabindex="0" aria-label="Command">\(command)</pre>

            """)
    }

    /// An argument as a shell wants it.
    static func quoted(_ argument: String) -> String {
        let plain = argument.unicodeScalars.allSatisfy {
            $0.isASCII
                && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_./=:,@+%".unicodeScalars.contains($0))
        }
        if plain && !argument.isEmpty { return argument }
        return "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
