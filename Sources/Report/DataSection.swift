/// Where the images came from and how they were divided.
struct DataSection {
    let summary: RunSummary

    var html: HTML {
        let data = summary.dataSet
        let rows: [[HTML]] = data.splits.map { split in
            ["\(split.name)", "\(Figures.count(split.patientCount))"]
                + split.imagesPerClass.map { "\(Figures.count($0))" }
        }
        let table = ReportElements.table(
            "Images by split and class", head: ["Split", "Patients"] + data.classNames, rows: rows)
        return ReportElements.section(
            "data", "Images and model",
            """
            \(table)
            \(ReportElements.facts([
                ("Origin", "\(data.origin)"),
                ("Note", "\(data.note)"),
                ("Prepared as", "\(data.imageSize) × \(data.imageSize) pixels, grey"),
                ("Digest of the samples", "<code class=\"digest\">\(data.digest)</code>"),
                ("Model", "\(summary.model.kind), \(Figures.count(summary.model.parameterCount)) parameters"),
                ("Model file", "<code>\(summary.model.file)</code>"),
                ("Digest of the model", "<code class=\"digest\">\(summary.model.digest)</code>"),
            ]))
            """)
    }
}
