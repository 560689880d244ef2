/// Parts of a whole: one bar and a table that names its colours.
struct StackedBar {
    struct Part {
        let name: String
        let value: Double
        /// The value as it is shown.
        let text: String
    }

    let label: String
    let parts: [Part]

    var html: HTML {
        let shown = parts.filter { $0.value > 0 }
        let total = shown.reduce(0) { $0 + $1.value }
        guard total > 0 else { return "<p>\(label): nothing was measured.</p>" }
        let pieces: [HTML] = shown.enumerated().map { index, part in
            "<span class=\"b\(index % 9 + 1)\" style=\"width:\(Svg.number(part.value / total * 100))%\"></span>"
        }
        let rows: [HTML] = shown.enumerated().map { index, part in
            """
            <tr><th scope="row"><i class="b\(index % 9 + 1)" aria-hidden="true"></i>\(part.name)</th>\
            <td>\(part.text)</td><td>\(Figures.percent(part.value / total))</td></tr>

            """
        }
        return """
            <div class="stack" aria-hidden="true">\(pieces)</div><table class="parts">\
            <caption class="hidden">\(label)</caption><thead class="hidden"><tr><th scope="col">Part</th>\
            <th scope="col">Amount</th><th scope="col">Share</th></tr></thead><tbody>
            \(rows)</tbody></table>
            """
    }
}
