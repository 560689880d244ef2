/// The guarantee in words, its budget, and what it leaves out.
struct PrivacySection {
    let summary: RunSummary

    var html: HTML {
        guard let privacy = summary.privacy else {
            return ReportElements.section(
                "privacy", "Privacy of patients",
                """
                <p><strong>None was asked for.</strong> Encryption hid each hospital's update from everybody else, but \
                the published models and sums may reveal who was trained on. Run with \
                <code>--privacy epsilon=8</code> for a guarantee.</p>

                """)
        }
        let share = privacy.epsilon / max(privacy.epsilonBudget, .leastNormalMagnitude)
        let notCovered: [HTML] = privacy.notCovered.map { "<li>\($0)</li>" }
        return ReportElements.section(
            "privacy", "Privacy of patients",
            """
            <blockquote>\(privacy.statement)</blockquote>
            <div class="budget"><p>Budget: ε \(Figures.compact(privacy.epsilon)) of \
            \(Figures.compact(privacy.epsilonBudget)) spent (\(Figures.percent(share)))</p>\
            <span class="meter" role="img" aria-label="\(Figures.percent(share)) of the budget is spent">\
            <span style="width:\(Svg.number(min(share, 1) * 100))%"></span></span></div>
            \(ReportElements.facts([
                ("Unit", "one \(privacy.unit)"),
                ("δ", "\(Figures.compact(privacy.delta))"),
                ("Noisy steps", "\(Figures.count(privacy.steps))"),
                ("Sampling rate", "\(Figures.compact(privacy.samplingRate))"),
                ("Noise multiplier", "\(Figures.compact(privacy.noiseMultiplier))"),
                ("Clipping norm", "\(Figures.compact(privacy.clipNorm))"),
                ("Accountant", "\(privacy.accountant)"),
            ]))
            <h3>Not covered</h3><ul>\(notCovered)</ul>

            """)
    }
}
