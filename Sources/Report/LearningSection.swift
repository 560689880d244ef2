/// Accuracy and AUC from round to round, against training alone and on pooled data.
struct LearningSection {
    let summary: RunSummary

    var html: HTML {
        let rounds = summary.rounds
        guard !rounds.isEmpty else { return .empty }
        let figures = ReportElements.table(
            "Scores by round", head: ["Round", "Outcome", "Accuracy", "AUC", "F1", "Validation accuracy"],
            rows: rounds.map { round in
                [
                    "\(round.number)", "\(round.outcome.words)\(round.reason.map { ": " + $0 } ?? "")",
                    "\(Figures.percent(round.test?.accuracy))", "\(Figures.decimal(round.test?.auc))",
                    "\(Figures.decimal(round.test?.f1))", "\(Figures.percent(round.validation?.accuracy))",
                ]
            })
        return ReportElements.section(
            "learning", "Learning together",
            """
            <div class="pair">\(curve)\(comparison)</div>
            <details><summary>Scores by round</summary>\(figures)</details>

            """)
    }

    /// The chart alone.
    var curve: HTML {
        let rounds = summary.rounds
        guard !rounds.isEmpty else { return .empty }
        var levels: [LineChart.Level] = []
        if let pooled = summary.baselines?.pooled { levels.append(.init(name: "pooled", value: pooled.accuracy)) }
        let alone = summary.baselines?.alone.map(\.scores.accuracy) ?? []
        if let best = alone.max() { levels.append(.init(name: "best alone", value: best)) }
        let chart = LineChart(
            label: "Test accuracy and AUC by round; the table of scores by round holds the same figures",
            series: [
                .init(name: "AUC", colour: 2, values: rounds.map { $0.test?.auc }),
                .init(name: "accuracy", colour: 1, values: rounds.map { $0.test?.accuracy }),
            ], levels: levels, rounds: rounds.map(\.number))
        var caption = "The model after each round on the test split. Gaps are rounds that published nothing."
        if !levels.isEmpty { caption += " Dashed: accuracy of plain training without a federation." }
        return ReportElements.figure(caption, chart.html)
    }

    /// The federation beside each hospital alone and pooled data; without baselines, the rounds in words.
    private var comparison: HTML {
        guard let baselines = summary.baselines else { return .empty }
        var rows: [(name: String, scores: RunSummary.Scores, kind: String)] = baselines.alone.map {
            ($0.name + " alone", $0.scores, "alone")
        }
        let together = RunSummary.Scores(
            accuracy: summary.metrics.accuracy, auc: summary.metrics.auc, f1: summary.metrics.f1)
        rows.append(("Together, by Cordon", together, "together"))
        if let pooled = baselines.pooled { rows.append(("Pooled images, no protection", pooled, "pooled")) }
        let floor = max(0, ((rows.map(\.scores.accuracy).min() ?? 0) * 10 - 0.5).rounded(.down) / 10)
        let bars: [HTML] = rows.map { row in
            let share = (row.scores.accuracy - floor) / max(1 - floor, 0.01)
            return """
                <tr class="\(row.kind)"><th scope="row">\(row.name)</th><td class="bar"><span style="width:\
                \(Svg.number(share * 100))%"></span></td><td>\(Figures.percent(row.scores.accuracy))</td>\
                <td>\(Figures.decimal(row.scores.auc))</td></tr>

                """
        }
        return ReportElements.figure(
            "Test accuracy (bars, from \(Figures.percent(floor, digits: 0))) and AUC of training alone, together, "
                + "and on all images in one place.",
            """
            <table class="bars"><caption class="hidden">Comparison with training alone and pooled</caption><thead><tr>\
            <th scope="col">Training</th><th scope="col"><span class="hidden">Bar</span></th>\
            <th scope="col">Accuracy</th><th scope="col">AUC</th></tr></thead><tbody>
            \(bars)</tbody></table>
            """)
    }
}

extension RunSummary.RoundOutcome {
    var words: String {
        switch self {
        case .published: "published"
        case .abandoned: "abandoned"
        case .rolledBack: "rolled back"
        }
    }
}
