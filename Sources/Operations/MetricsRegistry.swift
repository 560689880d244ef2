/// The metrics of one process, a value: whoever owns it changes it, and hands a copy to whoever renders it.
package struct MetricsRegistry: Sendable {
    private struct Series: Sendable {
        var value = 0.0
        /// Of a histogram: observations up to each bound, not added up.
        var counts: [UInt64] = []
        var observations: UInt64 = 0
    }

    private let families: [MetricFamily]
    private var series: [String: [[String: String]: Series]] = [:]

    /// - Parameter families: every metric that will ever be touched, in the order in which they are rendered.
    package init(_ families: [MetricFamily]) {
        precondition(Set(families.map(\.name)).count == families.count, "two metrics share a name")
        self.families = families
        // A counter that never counted reads 0, so that its first step is seen as one.
        for family in families where family.kind == .counter { series[family.name, default: [:]][[:]] = Series() }
    }

    /// Adds `amount`, not negative, to a counter.
    package mutating func add(_ amount: Double = 1, to counter: String, labels: [String: String] = [:]) {
        precondition(family(counter).kind == .counter && amount >= 0, "\(counter) is a counter and only grows")
        if !labels.isEmpty, series[counter]?[[:]]?.value == 0 { series[counter]?[[:]] = nil }
        series[counter, default: [:]][labels, default: Series()].value += amount
    }

    /// Sets a gauge.
    package mutating func set(_ gauge: String, to value: Double, labels: [String: String] = [:]) {
        precondition(family(gauge).kind == .gauge, "\(gauge) is no gauge")
        series[gauge, default: [:]][labels, default: Series()].value = value
    }

    /// Counts one observation of a histogram.
    package mutating func observe(_ value: Double, in histogram: String, labels: [String: String] = [:]) {
        guard case .histogram(let bounds) = family(histogram).kind else {
            preconditionFailure("\(histogram) is no histogram")
        }
        var observed = series[histogram]?[labels] ?? Series(counts: Array(repeating: 0, count: bounds.count))
        if let bucket = bounds.firstIndex(where: { value <= $0 }) { observed.counts[bucket] += 1 }
        observed.observations += 1
        observed.value += value
        series[histogram, default: [:]][labels] = observed
    }

    private func family(_ name: String) -> MetricFamily {
        guard let family = families.first(where: { $0.name == name }) else {
            preconditionFailure("the metric \(name) was not declared")
        }
        return family
    }

    /// All metrics in Prometheus' text format, version 0.0.4; series sorted by their labels.
    package var prometheusText: String {
        families.map { family in
            let series = (series[family.name] ?? [:]).map { (labels: $0.key.sorted { $0.key < $1.key }, $0.value) }
                .sorted { Self.text($0.labels) < Self.text($1.labels) }
            let head = "# HELP \(family.name) \(Self.escaped(family.help))\n# TYPE \(family.name) \(family.kind.word)\n"
            return head + series.map { Self.lines(family, $0.labels, $0.1) }.joined()
        }.joined()
    }

    private static func lines(_ family: MetricFamily, _ labels: [(key: String, value: String)], _ series: Series)
        -> String
    {
        guard case .histogram(let bounds) = family.kind else {
            return "\(family.name)\(text(labels)) \(number(series.value))\n"
        }
        var below: UInt64 = 0
        var lines = ""
        for (bound, count) in zip(bounds, series.counts) {
            below += count
            lines += "\(family.name)_bucket\(text(labels + [(key: "le", value: number(bound))])) \(below)\n"
        }
        lines += "\(family.name)_bucket\(text(labels + [(key: "le", value: "+Inf")])) \(series.observations)\n"
        lines += "\(family.name)_sum\(text(labels)) \(number(series.value))\n"
        return lines + "\(family.name)_count\(text(labels)) \(series.observations)\n"
    }

    private static func text(_ labels: [(key: String, value: String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.key)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ text: String, quotes: Bool = false) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : "\(value)"
    }
}
