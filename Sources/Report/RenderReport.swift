/// Draws the report of a run: one HTML page with its styles and figures inside, no script and no network.
///
/// Every figure on the page is taken or computed from `summary`; what the summary does not hold is left out.
package func renderReport(_ summary: RunSummary) -> String {
    let sections: [HTML] = [
        KeyFigures(summary: summary).html,
        LearningSection(summary: summary).html,
        QualitySection(summary: summary).html,
        VerdictTimeline(summary: summary).html,
        AttackSection(summary: summary).html,
        HospitalSection(summary: summary).html,
        ExampleSection(summary: summary).html,
        PrivacySection(summary: summary).html,
        EncryptionSection(summary: summary).html,
        CostSection(summary: summary).html,
        LedgerSection(summary: summary).html,
        DataSection(summary: summary).html,
        ReproductionSection(summary: summary).html,
    ]
    let page: HTML = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta http-equiv="Content-Security-Policy" \
        content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
        <title>Cordon: \(summary.dataSet.name), \(Figures.plural(summary.federation.hospitals, "hospital"))</title>
        <style>\(ReportStyle.sheet)</style>
        </head>
        <body>
        \(HeaderSection(summary: summary).html)
        <main>
        \(sections)
        </main>
        <footer><p>Made by Cordon \(summary.cordonVersion) from <code>summary.json</code>, version \
        \(summary.schemaVersion). This page loads nothing and sends nothing.</p></footer>
        </body>
        </html>

        """
    return page.text
}
