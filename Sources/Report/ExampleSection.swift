/// A few test images with the model's answers.
struct ExampleSection {
    let summary: RunSummary

    var html: HTML {
        guard !summary.examples.isEmpty else { return .empty }
        let cards: [HTML] = summary.examples.map { example in
            let truth = name(example.truth)
            let answer = name(example.predicted)
            let isRight = example.truth == example.predicted
            let verdict = isRight ? "right" : "wrong"
            return """
                <li class="\(verdict)"><img src="data:image/png;base64,\(example.pngBase64)" \
                alt="Test image \(example.index), truly \(truth)" />\
                <p><b>\(answer)</b> \(Figures.percent(example.probability, digits: 0))<br/>\
                <span>\(isRight ? "✓ right" : "✕ truly \(truth)")</span></p></li>

                """
        }
        let caption =
            "Images of the test split, the model's answer and its probability. Images are kept by index only"
            + (summary.dataSet.isSynthetic ? "; these are synthetic." : ".")
        return ReportElements.section(
            "examples", "Examples",
            ReportElements.figure(caption, "<ul class=\"examples\">\(cards)</ul>"))
    }

    private func name(_ label: Int) -> String {
        summary.dataSet.classNames.indices.contains(label) ? summary.dataSet.classNames[label] : "class \(label)"
    }
}
