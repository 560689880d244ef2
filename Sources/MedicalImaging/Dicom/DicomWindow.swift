import Foundation

/// How values of the modality become grey, 0 to 1 (PS3.3 C.11.2).
enum DicomWindow {
    case linear(center: Double, width: Double)
    case linearExact(center: Double, width: Double)
    case sigmoid(center: Double, width: Double)
    case table(LookupTable)
    /// Nothing is said: the range of the frame's own values, padding left out.
    case range(low: Double, high: Double)

    /// C.11.2.1.2 and C.11.2.1.3.
    func grey(_ value: Double) -> Double {
        switch self {
        case .linear(let center, let width):
            if width <= 1 { return value <= center - 0.5 ? 0 : 1 }
            return Self.clamped((value - (center - 0.5)) / (width - 1) + 0.5)
        case .linearExact(let center, let width): return Self.clamped((value - center) / width + 0.5)
        case .sigmoid(let center, let width): return 1 / (1 + exp(-4 * (value - center) / width))
        case .table(let table): return Self.clamped(table[value] / table.maximum)
        case .range(let low, let high): return high > low ? Self.clamped((value - low) / (high - low)) : 0
        }
    }

    /// In a word, for people.
    var description: String {
        switch self {
        case .linear(let center, let width): "LINEAR \(center) / \(width)"
        case .linearExact(let center, let width): "LINEAR_EXACT \(center) / \(width)"
        case .sigmoid(let center, let width): "SIGMOID \(center) / \(width)"
        case .table(let table): "VOI table of \(table.entries.count) entries"
        case .range(let low, let high): "none; the frame's range \(low) to \(high)"
        }
    }

    private static func clamped(_ value: Double) -> Double { max(0, min(1, value)) }
}
