/// The page of an attack laboratory: what each attack reached under each defence, as heat maps and tables.
package func renderAttackStudy(_ study: AttackStudy) -> String {
    let regimes = AttackRegime.all(of: study.runs)
    let header: HTML = """
        <header>
        <p class="kicker">Cordon · attack laboratory</p>
        <h1>\(Figures.plural(study.runs.count, "run")) under attack</h1>
        <p class="lead">\(study.dataSet). Hospitals train for real; each round is the plaintext twin of the encrypted \
        protocol: the same rounding, sketches and rules. Suite \(study.suite).</p>
        \(study.isSynthetic ? "<p class=\"banner\"><strong>\(HeaderSection.syntheticBanner)</strong></p>" : .empty)
        </header>

        """
    return ReportElements.page(
        title: "Cordon: attack laboratory", header: header,
        sections: [
            heatMap(
                "excess", "How often the attack works",
                "Excess success: right when clean, the attacker's label with the mark. Mean over seeds; dark is bad.",
                regimes
            ) { $0.mean(\.excessSuccess) },
            heatMap(
                "accuracy", "What the model is worth",
                "Share of test images misclassified. Mean over seeds; dark is bad.", regimes
            ) { $0.mean(\.accuracy).map { 1 - $0 } },
            heatMap(
                "missed", "Malicious hospitals that still count in the last round",
                "One less the true-positive rate. Mean over seeds; dark is bad.", regimes
            ) { $0.mean(\.finalTruePositiveRate).map { 1 - $0 } },
            heatMap(
                "wronged", "Honest hospitals left out", "False-positive rate, mean over rounds and seeds; dark is bad.",
                regimes
            ) { $0.mean(\.falsePositiveRate) },
            details(regimes),
        ], footer: "Made by Cordon \(study.cordonVersion).")
}

/// Attacks down, settings and defences across; a cell is as dark as its figure is large.
private func heatMap(
    _ id: String, _ title: String, _ caption: String, _ regimes: [AttackRegime], _ value: (AttackRegime) -> Double?
) -> HTML {
    let settings = unique(regimes.map(\.setting))
    let tables: [HTML] = settings.compactMap { setting in
        let own = regimes.filter { $0.setting == setting && value($0) != nil }
        guard !own.isEmpty else { return nil }
        let defences = unique(own.map(\.defence))
        let rows: [[HTML]] = unique(own.map(\.attack)).map { attack in
            ["\(attack)"]
                + defences.map { defence in
                    cell(own.first { $0.attack == attack && $0.defence == defence }.flatMap(value))
                }
        }
        return "<h3>\(setting)</h3>"
            + ReportElements.table(
                "\(title), \(setting)", head: ["Attack"] + defences, rows: rows, className: "heat")
    }
    guard !tables.isEmpty else { return .empty }
    return ReportElements.section(id, title, "<p>\(caption)</p>\n\(tables)")
}

private func cell(_ value: Double?) -> HTML {
    guard let value else { return "–" }
    let share = Int((100 * min(1, max(0, value))).rounded())
    return "<span class=\"shade\" style=\"--share:\(share)%\">\(Figures.percent(value))</span>"
}

private func details(_ regimes: [AttackRegime]) -> HTML {
    ReportElements.section(
        "details", "All figures",
        ReportElements.table(
            "Every attack, setting and defence",
            head: [
                "Attack", "Setting", "Defence", "Seeds", "Accuracy", "Excess success, mean", "worst", "TPR, last round",
                "FPR, mean", "First caught in round", "Alarms", "Verdicts as on whole updates",
            ],
            rows: regimes.map { regime in
                [
                    "\(regime.attack)", "\(regime.setting)", "\(regime.defence)", "\(regime.runs.count)",
                    "\(Figures.percent(regime.mean(\.accuracy)))", "\(Figures.percent(regime.mean(\.excessSuccess)))",
                    "\(Figures.percent(regime.runs.compactMap(\.excessSuccess).max()))",
                    "\(Figures.percent(regime.mean(\.finalTruePositiveRate)))",
                    "\(Figures.percent(regime.mean(\.falsePositiveRate)))",
                    "\(Figures.decimal(regime.mean { $0.roundsToDetect.map(Double.init) }, digits: 1))",
                    "\(regime.runs.count { $0.alarmRound != nil }) of \(regime.runs.count)",
                    "\(Figures.percent(regime.mean(\.agreementWithWholeUpdates)))",
                ]
            }))
}

private func unique(_ values: [String]) -> [String] {
    var seen = Set<String>()
    return values.filter { seen.insert($0).inserted }
}
