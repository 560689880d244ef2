import Ledger
import Report

/// The ledger's entries, newest first, a page at a time.
struct EntriesPage {
    struct Row {
        let index: String
        let time: String
        let author: String
        let summary: String
        let leafHash: String
    }

    static let entriesPerPage = 50

    let rows: [Row]
    let range: String
    /// Paths of the neighbouring pages.
    let newer: String?
    let older: String?
    let round: String?

    /// - Parameters:
    ///   - page: from 1; beyond the last, the last.
    ///   - round: only entries that speak of this round.
    init(_ snapshot: LedgerSnapshot, page wanted: Int, round: UInt32?) {
        let records = snapshot.records
        let indices = snapshot.entries.indices.filter { round == nil || snapshot.entries[$0].round == round }
        let pages = max(1, (indices.count + Self.entriesPerPage - 1) / Self.entriesPerPage)
        let page = min(max(1, wanted), pages)
        let shown = indices.reversed().dropFirst((page - 1) * Self.entriesPerPage).prefix(Self.entriesPerPage)
        rows = shown.map { index in
            Row(
                index: "\(index)", time: Instants.text(records[index].timestampMilliseconds),
                author: snapshot.name(of: records[index].author),
                summary: snapshot.entries[index].summary(names: snapshot.names),
                leafHash: String(records[index].leafHash.hex.prefix(16)))
        }
        range =
            "Page \(page) of \(pages), \(Figures.plural(indices.count, "entry", many: "entries"))"
            + (round.map { " of round \($0)" } ?? "") + ", newest first."
        self.round = round.map(String.init)
        let filter = round.map { "&round=\($0)" } ?? ""
        newer = page > 1 ? "/ledger?page=\(page - 1)\(filter)" : nil
        older = page < pages ? "/ledger?page=\(page + 1)\(filter)" : nil
    }
}
