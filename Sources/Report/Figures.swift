import Foundation

/// How figures are written, alike on the page and on the terminal and in every locale.
package enum Figures {
    /// A fraction in percent, for instance `94.2 %`; a dash when there is none.
    package static func percent(_ fraction: Double?, digits: Int = 1) -> String {
        guard let fraction else { return "–" }
        return String(format: "%.\(digits)f\u{202F}%%", fraction * 100)
    }

    /// For instance `0.982`; a dash when there is none.
    package static func decimal(_ value: Double?, digits: Int = 3) -> String {
        guard let value else { return "–" }
        return String(format: "%.\(digits)f", value)
    }

    /// Up to `digits` significant digits without trailing zeros, for instance `1e-05` or `1.1`.
    package static func compact(_ value: Double, digits: Int = 4) -> String { String(format: "%.\(digits)g", value) }

    /// Groups of three digits apart, for instance `104 770`.
    package static func count(_ value: Int) -> String {
        var groups: [String] = []
        var rest = Substring(String(value.magnitude))
        while rest.count > 3 {
            groups.insert(String(rest.suffix(3)), at: 0)
            rest = rest.dropLast(3)
        }
        return (value < 0 ? "−" : "") + ([String(rest)] + groups).joined(separator: "\u{202F}")
    }

    /// Decimal units, for instance `3.2 MB`.
    package static func bytes(_ value: Int) -> String {
        let units = ["bytes", "kB", "MB", "GB", "TB"]
        var scaled = Double(value)
        var unit = 0
        while scaled >= 1_000, unit < units.count - 1 {
            scaled /= 1_000
            unit += 1
        }
        if unit == 0 { return plural(value, "byte") }
        return String(format: "%.\(scaled < 10 ? 2 : 1)f\u{202F}", scaled) + units[unit]
    }

    /// For instance `0.42 s`, `48.1 s` or `3 min 05 s`.
    package static func seconds(_ value: Double) -> String {
        if value < 10 { return String(format: "%.2f\u{202F}s", value) }
        if value < 99.95 { return String(format: "%.1f\u{202F}s", value) }
        let whole = Int(value.rounded())
        return String(format: "%d\u{202F}min\u{202F}%02d\u{202F}s", whole / 60, whole % 60)
    }

    /// Round numbers as ranges, for instance `1–4, 7`.
    package static func ranges(_ numbers: [Int]) -> String {
        var runs: [(first: Int, last: Int)] = []
        for number in numbers.sorted() {
            if let last = runs.last?.last, number <= last + 1 {
                runs[runs.count - 1].last = number
            } else {
                runs.append((number, number))
            }
        }
        return runs.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)–\($0.last)" }.joined(separator: ", ")
    }

    /// `1 hospital`, `2 hospitals`; `many` for nouns that do not take an s.
    package static func plural(_ count: Int, _ noun: String, many: String? = nil) -> String {
        "\(Figures.count(count)) \(count == 1 ? noun : many ?? noun + "s")"
    }
}
