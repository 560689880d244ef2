/// A ROC curve, as SVG.
struct RocChart {
    let points: [RunSummary.RocPoint]
    let auc: Double?

    private let size = 260.0
    private let left = 46.0
    private let top = 12.0

    private func position(_ point: RunSummary.RocPoint) -> String {
        Svg.number(left + point.falsePositiveRate * size) + " "
            + Svg.number(top + (1 - point.truePositiveRate) * size)
    }

    var html: HTML {
        let curve = points.enumerated().map { ($0.offset == 0 ? "M" : "L") + position($0.element) }.joined()
        let bottom = top + size
        let ticks: [HTML] = [0.0, 0.5, 1.0].map { value in
            """
            <line class="grid" x1="\(Svg.number(left))" x2="\(Svg.number(left + size))" \
            y1="\(Svg.number(bottom - value * size))" y2="\(Svg.number(bottom - value * size))"/>\
            <text x="\(Svg.number(left - 7))" y="\(Svg.number(bottom - value * size + 4))" text-anchor="end">\
            \(Figures.decimal(value, digits: 1))</text>\
            <text x="\(Svg.number(left + value * size))" y="\(Svg.number(bottom + 17))" text-anchor="middle">\
            \(Figures.decimal(value, digits: 1))</text>

            """
        }
        return """
            <svg viewBox="0 0 \(Int(left + size + 16)) \(Int(bottom + 38))" role="img" class="chart roc" \
            aria-label="ROC curve with an area of \(Figures.decimal(auc))">
            \(ticks)<line class="level" x1="\(Svg.number(left))" y1="\(Svg.number(bottom))" \
            x2="\(Svg.number(left + size))" y2="\(Svg.number(top))"/>
            <path class="area" d="\(curve)L\(Svg.number(left + size)) \(Svg.number(bottom))Z"/>
            <g class="series s2"><path d="\(curve)"/></g>
            <text class="name s2" x="\(Svg.number(left + size * 0.62))" y="\(Svg.number(top + size * 0.74))">AUC \
            \(Figures.decimal(auc))</text>
            <text class="axis" x="\(Svg.number(left + size / 2))" y="\(Svg.number(bottom + 34))" \
            text-anchor="middle">false-positive rate</text>
            <text class="axis" x="12" y="\(Svg.number(top + size / 2))" text-anchor="middle" \
            transform="rotate(-90 12 \(Svg.number(top + size / 2)))">true-positive rate</text>
            </svg>
            """
    }
}
