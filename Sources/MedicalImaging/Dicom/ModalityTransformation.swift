/// From stored values to those of the modality, Hounsfield units say (PS3.3 C.11.1).
enum ModalityTransformation {
    case linear(slope: Double, intercept: Double)
    case table(LookupTable)

    func value(of stored: Int32) -> Double {
        switch self {
        case .linear(let slope, let intercept): Double(stored) * slope + intercept
        case .table(let table): table[Double(stored)]
        }
    }

    /// Least and greatest value of these; nil when all are left out.
    func range(of stored: [Int32], leavingOut padding: ClosedRange<Int>?) -> ClosedRange<Double>? {
        switch self {
        case .linear:
            var low = Int32.max
            var high = Int32.min
            for sample in stored where padding?.contains(Int(sample)) != true {
                low = min(low, sample)
                high = max(high, sample)
            }
            guard low <= high else { return nil }
            let ends = [value(of: low), value(of: high)]
            return min(ends[0], ends[1])...max(ends[0], ends[1])
        case .table:
            // A table need not rise.
            let values = Set(stored).filter { padding?.contains(Int($0)) != true }.map(value(of:))
            guard let low = values.min(), let high = values.max() else { return nil }
            return low...high
        }
    }
}
