/// The published model on the test split: confusion matrix, ROC curve, figures by class.
struct QualitySection {
    let summary: RunSummary

    var html: HTML {
        let figures =
            ReportElements.figure(
                "Test images by true class (rows) and answered class (columns), with the share of the true class.",
                confusion)
            + (summary.metrics.roc.isEmpty
                ? .empty
                : ReportElements.figure(
                    "ROC curve for \(summary.dataSet.classNames.last ?? "class 1"); the diagonal is guessing.",
                    RocChart(points: summary.metrics.roc, auc: summary.metrics.auc).html))
        return ReportElements.section(
            "quality", "How good the model is", "<div class=\"pair\">\(figures)</div>\n\(classes)")
    }

    private var confusion: HTML {
        let names = summary.dataSet.classNames
        let heads: [HTML] = names.map { "<th scope=\"col\">\($0)</th>" }
        let rows: [HTML] = summary.metrics.confusion.enumerated().map { truth, row in
            let total = max(row.reduce(0, +), 1)
            let cells: [HTML] = row.enumerated().map { answer, count in
                let share = Double(count) / Double(total)
                return """
                    <td class="\(truth == answer ? "right" : "wrong")" style="--share:\(Svg.number(share * 100))%">\
                    <b>\(Figures.count(count))</b><span>\(Figures.percent(share))</span></td>
                    """
            }
            return "<tr><th scope=\"row\">\(truth < names.count ? names[truth] : "\(truth)")</th>\(cells)</tr>\n"
        }
        return """
            <table class="confusion"><caption class="hidden">Confusion matrix</caption><thead><tr>\
            <td><span class="hidden">true class</span></td>\(heads)</tr></thead><tbody>
            \(rows)</tbody></table>
            """
    }

    private var classes: HTML {
        guard !summary.metrics.perClass.isEmpty else { return .empty }
        return ReportElements.table(
            "Figures by class", head: ["Class", "Images", "Precision", "Recall", "F1", "AUC"],
            rows: summary.metrics.perClass.map {
                [
                    "\($0.name)", "\(Figures.count($0.images))", "\(Figures.decimal($0.precision))",
                    "\(Figures.decimal($0.recall))", "\(Figures.decimal($0.f1))", "\(Figures.decimal($0.auc))",
                ]
            })
    }
}
