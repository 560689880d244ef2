/// The page a data-protection officer reads and signs: counts, refusals, every attribute before and after, and what was
/// painted over. Values of the source are counted on it, never shown.
package func renderDeidentificationReport(_ summary: DeidentificationSummary) -> String {
    let looked = summary.files - summary.skipped
    let held = summary.heldBack.reduce(0) { $0 + $1.files }
    let header: HTML = """
        <header>
        <p class="kicker">Cordon · de-identification</p>
        <h1>\(Figures.plural(summary.written, "file")) without their patients</h1>
        <p class="lead">Of \(Figures.plural(looked, "file")), \(Figures.count(summary.written)) went through \
        PS3.15 Annex E and \(Figures.count(held)) were held back; none was passed on unchanged.</p>
        </header>

        """
    return ReportElements.page(
        title: "Cordon: de-identification", header: header,
        sections: [
            policy(summary), refusals(summary), attributes(summary), blanked(summary), limits(), signature(summary),
        ], footer: "Made by Cordon \(summary.cordonVersion).")
}

private func policy(_ summary: DeidentificationSummary) -> HTML {
    ReportElements.section(
        "policy", "What was asked, and what was done",
        ReportElements.facts(
            [
                ("Profile", "Basic Application Level Confidentiality Profile, Table E.1-1, edition 2024e"),
                (
                    "Retained by option",
                    summary.retained.isEmpty ? "nothing" : "\(summary.retained.joined(separator: ", "))"
                ),
                ("Elements removed", "\(Figures.count(summary.removedElements))"),
                ("Elements replaced or emptied", "\(Figures.count(summary.replacedElements))"),
                ("Files with pixels painted over", "\(Figures.count(summary.blankedFiles))"),
            ]
                + (summary.skipped > 0
                    ? [("Taken in by an earlier run, not looked at again", "\(Figures.count(summary.skipped))")] : [])
                + [("Digest of the policy", "<code class=\"digest\">\(summary.policyDigest)</code>")]))
}

private func refusals(_ summary: DeidentificationSummary) -> HTML {
    guard !summary.heldBack.isEmpty else {
        return ReportElements.section("refusals", "Held back", "<p>No file was held back.</p>\n")
    }
    return ReportElements.section(
        "refusals", "Held back",
        ReportElements.table(
            "Files that were not written, by reason", head: ["Reason", "Files", "What it means"],
            rows: summary.heldBack.map {
                ["<code>\($0.reason)</code>", "\(Figures.count($0.files))", "\($0.meaning)"]
            },
            className: "words"))
}

private func attributes(_ summary: DeidentificationSummary) -> HTML {
    func rows(_ isKept: Bool) -> [[HTML]] {
        summary.attributes.filter { $0.isKept == isKept }.map { attribute in
            let examples: [HTML] = attribute.examples.map { "<br/><code>\($0)</code>" }
            return [
                "<code>\(attribute.tag)</code>", "\(attribute.name)", "\(attribute.before)",
                "\(attribute.after)\(examples)",
            ]
        }
    }
    func table(_ label: String, _ isKept: Bool) -> HTML {
        ReportElements.table(
            label, head: ["Tag", "Attribute", "Before", "After"], rows: rows(isKept), className: "words")
    }
    return ReportElements.section(
        "attributes", "Attributes, before and after",
        """
        <p>Before, only counts: no value of the source is on this page. After, up to three values of the output.</p>
        <h3>Changed</h3>
        \(table("Attributes that were removed, emptied or replaced", false))
        <h3>Kept</h3>
        <p>Look through these values: whatever they say leaves with the files.</p>
        \(table("Attributes that were kept", true))
        """)
}

private func blanked(_ summary: DeidentificationSummary) -> HTML {
    guard !summary.blankedFrames.isEmpty else { return .empty }
    let sheet: [HTML] = summary.blankedFrames.map { frame in
        let regions: [HTML] = frame.regions.map {
            "<rect x=\"\($0.x)\" y=\"\($0.y)\" width=\"\($0.width)\" height=\"\($0.height)\"/>"
        }
        return """
            <figure class="blanked"><svg viewBox="0 0 \(frame.width) \(frame.height)" role="img" \
            aria-label="Frame with \(Figures.plural(frame.regions.count, "region")) painted over">\
            <image href="data:image/png;base64,\(frame.pngBase64)" width="\(frame.width)" height="\(frame.height)"/>\
            \(regions)</svg><figcaption>\(String(frame.instance.suffix(12))) · \
            \(Figures.plural(frame.regions.count, "region"))</figcaption></figure>

            """
    }
    return ReportElements.section(
        "blanked", "Painted over",
        """
        <p>\(Figures.plural(summary.blankedFiles, "file")) bore what looks like text. Frames are shown as they were \
        written, the painted regions outlined; captions end the new instance UID. Look for text that is still there.</p>
        <div class="sheet">\(sheet)</div>
        """)
}

private func limits() -> HTML {
    ReportElements.section(
        "limits", "What this does not do",
        """
        <ul>
        <li>Faces in CT and MR of the head are not removed; a rendered face can be recognised.</li>
        <li>Who has the original images can find their copies by the pixels.</li>
        <li>Rare findings, body modifications and implants identify without any name.</li>
        <li>The key and the pseudonym map lead back to the patients: whoever has them holds personal data.</li>
        </ul>

        """)
}

private func signature(_ summary: DeidentificationSummary) -> HTML {
    ReportElements.section(
        "signature", "Looked at",
        """
        <div class="signature"><p>Name</p><p>Date</p><p>Signature</p></div>

        """)
}
