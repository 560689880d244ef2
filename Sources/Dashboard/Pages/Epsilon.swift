import Report

/// Privacy figures as the ledger has them.
enum Epsilon {
    /// ε from millionths.
    static func text(_ micros: UInt64) -> String { Figures.decimal(Double(micros) / 1e6, digits: 2) }

    /// `10⁻⁵` of the exponent 5.
    static func delta(_ exponent: UInt8) -> String {
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        return "10⁻" + String("\(exponent)".compactMap { $0.wholeNumberValue.map { digits[$0] } })
    }
}
