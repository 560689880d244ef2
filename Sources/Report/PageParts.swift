/// What other pages take from the report, so that they look and escape alike.
package enum PageParts {
    /// The style sheet, palette included.
    package static var styleSheet: String { ReportStyle.sheet.text }

    /// `text` with the characters that mean something in HTML as references, scalar by scalar: a quotation mark under
    /// a combining accent is one still.
    package static func escaped(_ text: String) -> String { HTML.escaped(text) }

    /// Accuracy and AUC from round to round, as a figure of HTML.
    package static func learningCurve(_ summary: RunSummary) -> String {
        (banner(summary) + LearningSection(summary: summary).curve).text
    }

    /// How the model did from round to round and at the end, as sections of HTML.
    package static func modelQuality(_ summary: RunSummary) -> String {
        (banner(summary) + LearningSection(summary: summary).html + QualitySection(summary: summary).html).text
    }

    private static func banner(_ summary: RunSummary) -> HTML {
        summary.dataSet.isSynthetic
            ? "<p class=\"banner\"><strong>\(HeaderSection.syntheticBanner)</strong></p>\n" : .empty
    }
}
