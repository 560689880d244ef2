/// One entry of a ledger as a page shows it.
package struct LedgerPageEntry: Hashable, Sendable {
    package let index: UInt64
    /// ISO 8601 in UTC.
    package let time: String
    package let author: String
    /// Nil for entries of no round.
    package let round: UInt32?
    /// What the entry does, in a few words.
    package let summary: String
    /// The record's hash in the Merkle tree, in hexadecimal.
    package let leafHash: String

    package init(index: UInt64, time: String, author: String, round: UInt32?, summary: String, leafHash: String) {
        self.index = index
        self.time = time
        self.author = author
        self.round = round
        self.summary = summary
        self.leafHash = leafHash
    }
}

/// A ledger as one page that loads nothing: a section a round, a row an entry.
///
/// - Parameters:
///   - federation: the federation's name.
///   - entries: in their order.
package func renderLedgerPage(federation: String, entries: [LedgerPageEntry]) -> String {
    var sections: [HTML] = []
    var rest = entries[...]
    while let first = rest.first {
        // Keys may be posted in the middle of a round: they stay where they stand.
        let part = rest.prefix { $0.round == first.round || $0.round == nil && first.round != nil }
        rest = rest.dropFirst(part.count)
        let title = first.round.map { "Round \($0)" } ?? "Between rounds"
        let rows = part.map { entry -> [HTML] in
            [
                "\(entry.index)", "\(entry.time)", "\(entry.author)", "\(entry.summary)",
                "<code class=\"digest\">\(entry.leafHash)</code>",
            ]
        }
        let table = ReportElements.table(
            title, head: ["entry", "time", "author", "what", "hash in the log"], rows: rows)
        sections.append(ReportElements.section("entry-\(first.index)", title, table))
    }
    let header: HTML = """
        <header>
        <p class="kicker">Cordon · ledger</p>
        <h1>\(federation)</h1>
        <p class="lead">\(Figures.plural(entries.count, "entry", many: "entries")) as they are stored. \
        Whether they hold, <code>cordon ledger verify</code> says.</p>
        </header>

        """
    return ReportElements.page(
        title: "Ledger of \(federation)", header: header, sections: sections, footer: "Made by Cordon.")
}
