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
    return ReportElements.page(
        title: "Cordon: \(summary.dataSet.name), \(Figures.plural(summary.federation.hospitals, "hospital"))",
        header: HeaderSection(summary: summary).html, sections: sections,
        footer: """
            Made by Cordon \(summary.cordonVersion) from <code>summary.json</code>, version \(summary.schemaVersion).
            """)
}
