/// Title, the banner of a synthetic run, the run in one sentence, and warnings.
struct HeaderSection {
    let summary: RunSummary

    var html: HTML {
        let banner: HTML =
            summary.dataSet.isSynthetic
            ? "<p class=\"banner\" role=\"alert\"><strong>\(Self.syntheticBanner)</strong></p>" : .empty
        let warnings: [HTML] = summary.warnings.map { "<li>\($0)</li>" }
        return """
            <header>
            \(banner)
            <p class="kicker">Cordon · federated learning behind a cordon</p>
            <h1>\(summary.dataSet.name)</h1>
            <p class="lead">\(summary.inOneSentence)</p>
            <p class="meta">\(summary.model.kind) · seed \(summary.seed) · begun \(summary.startedAt) · ledger of \
            \(Figures.plural(summary.ledger.size, "entry", many: "entries"))</p>
            \(warnings.isEmpty ? .empty : "<ul class=\"warnings\" aria-label=\"Warnings\">\(warnings)</ul>")
            </header>

            """
    }

    static let syntheticBanner = "SYNTHETIC IMAGES: THIS RUN SAYS NOTHING ABOUT MEDICINE"
}
