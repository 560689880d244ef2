/// Elements that several sections share.
enum ReportElements {
    /// A whole page with its styles inside, no script and no network.
    static func page(title: String, header: HTML, sections: [HTML], footer: HTML) -> String {
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
            <title>\(title)</title>
            <style>\(ReportStyle.sheet)</style>
            </head>
            <body>
            \(header)
            <main>
            \(sections)
            </main>
            <footer><p>\(footer) This page loads nothing and sends nothing.</p></footer>
            </body>
            </html>

            """
        return page.text
    }

    /// A titled part of the page.
    static func section(_ id: String, _ title: String, _ body: HTML) -> HTML {
        """
        <section aria-labelledby="\(id)"><h2 id="\(id)">\(title)</h2>
        \(body)</section>

        """
    }

    /// A figure with its caption; the style sheet numbers them.
    static func figure(_ caption: String, _ body: HTML) -> HTML {
        "<figure>\(body)<figcaption>\(caption)</figcaption></figure>\n"
    }

    /// A table that scrolls sideways by itself on narrow screens.
    static func table(_ label: String, head: [String], rows: [[HTML]], className: String = "") -> HTML {
        let heads: [HTML] = head.map { "<th scope=\"col\">\($0)</th>" }
        let body: [HTML] = rows.map { row in
            let cells: [HTML] = row.enumerated().map { column, cell in
                column == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td>\(cell)</td>"
            }
            return "<tr>\(cells)</tr>\n"
        }
        return """
            <div class="scroll" role="region" aria-label="\(label)" tabindex="0"><table class="\(className)">\
            <caption class="hidden">\(label)</caption><thead><tr>\(heads)</tr></thead>
            <tbody>\(body)</tbody></table></div>

            """
    }

    /// Names and values, two columns.
    static func facts(_ facts: [(name: String, value: HTML)]) -> HTML {
        let rows: [HTML] = facts.map { "<div><dt>\($0.name)</dt><dd>\($0.value)</dd></div>\n" }
        return "<dl class=\"facts\">\(rows)</dl>\n"
    }
}
