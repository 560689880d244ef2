/// Fractions by round, as SVG.
struct LineChart {
    /// One line; nil leaves a gap.
    struct Series {
        let name: String
        /// Number of the palette colour, from 1.
        let colour: Int
        let values: [Double?]
    }

    /// A level to compare with.
    struct Level {
        let name: String
        let value: Double
    }

    let label: String
    let series: [Series]
    var levels: [Level] = []
    /// Numbers of the rounds, one for each value.
    let rounds: [Int]

    private let width = 480.0
    private let height = 290.0
    private let left = 44.0
    private let right = 84.0
    private let top = 14.0
    private let bottom = 38.0

    /// The lowest multiple of 0.1 that keeps everything on the chart.
    private var floorValue: Double {
        let lowest = (series.flatMap { $0.values.compactMap { $0 } } + levels.map(\.value)).min() ?? 0
        return min(0.9, max(0, (lowest * 10 - 0.05).rounded(.down) / 10))
    }

    private func x(_ position: Int) -> Double {
        let span = Double(max(rounds.count - 1, 1))
        return left + (width - left - right) * (rounds.count == 1 ? 0.5 : Double(position) / span)
    }

    private func y(_ value: Double) -> Double {
        top + (height - top - bottom) * (1 - (value - floorValue) / (1 - floorValue))
    }

    var html: HTML {
        """
        <svg viewBox="0 0 \(Int(width)) \(Int(height))" role="img" aria-label="\(label)" class="chart">
        \(grid)\(levels.map(line(of:)))\(series.map(line(of:)))\(endLabels)</svg>
        """
    }

    private var grid: HTML {
        let step = floorValue < 0.45 ? 0.2 : 0.1
        let count = Int(((1 - floorValue) / step + 0.001).rounded(.down))
        let horizontal: [HTML] = (0...count).map { index in
            let value = 1 - Double(index) * step
            return """
                <line class="grid" x1="\(Svg.number(left))" x2="\(Svg.number(width - right))" \
                y1="\(Svg.number(y(value)))" y2="\(Svg.number(y(value)))"/>\
                <text x="\(Svg.number(left - 7))" y="\(Svg.number(y(value) + 4))" text-anchor="end">\
                \(Figures.decimal(value, digits: 1))</text>

                """
        }
        let stride = max(1, (rounds.count + 7) / 8)
        let ticks: [HTML] = rounds.indices.filter { (rounds.count - 1 - $0) % stride == 0 }.map { position in
            """
            <text x="\(Svg.number(x(position)))" y="\(Svg.number(height - bottom + 17))" text-anchor="middle">\
            \(rounds[position])</text>

            """
        }
        return """
            \(horizontal)\(ticks)<text x="\(Svg.number((left + width - right) / 2))" \
            y="\(Svg.number(height - 4))" text-anchor="middle" class="axis">round</text>

            """
    }

    private func line(of level: Level) -> HTML {
        """
        <line class="level" x1="\(Svg.number(left))" x2="\(Svg.number(width - right))" \
        y1="\(Svg.number(y(level.value)))" y2="\(Svg.number(y(level.value)))"/>

        """
    }

    private func line(of series: Series) -> HTML {
        var path = ""
        var isDrawing = false
        for (position, value) in series.values.enumerated() {
            guard let value else {
                isDrawing = false
                continue
            }
            path += "\(isDrawing ? "L" : "M")\(Svg.number(x(position))) \(Svg.number(y(value)))"
            isDrawing = true
        }
        let points: [HTML] = series.values.enumerated().compactMap { position, value in
            value.map {
                "<circle cx=\"\(Svg.number(x(position)))\" cy=\"\(Svg.number(y($0)))\" r=\"2.6\"/>"
            }
        }
        return """
            <g class="series s\(series.colour)"><path d="\(path)"/>\(points)</g>

            """
    }

    /// Names at the right end, pushed apart where lines end close together.
    private var endLabels: HTML {
        var labels: [(name: String, className: String, y: Double)] = series.compactMap { series in
            series.values.last(where: { $0 != nil }).flatMap { $0 }.map {
                (series.name, "s\(series.colour)", y($0))
            }
        }
        labels += levels.map { ($0.name, "muted", y($0.value)) }
        labels.sort { $0.y < $1.y }
        for index in labels.indices.dropFirst() {
            labels[index].y = max(labels[index].y, labels[index - 1].y + 15)
        }
        let texts: [HTML] = labels.map {
            """
            <text class="name \($0.className)" x="\(Svg.number(width - right + 8))" y="\(Svg.number($0.y + 4))">\
            \($0.name)</text>

            """
        }
        return "\(texts)"
    }
}
