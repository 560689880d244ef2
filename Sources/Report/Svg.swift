import Foundation

/// Numbers as SVG attributes want them.
enum Svg {
    /// Two decimals, a point in every locale.
    static func number(_ value: Double) -> String { String(format: "%.2f", value) }
}
