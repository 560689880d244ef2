/// Pearson's test of counts.
struct ChiSquared {
    /// `Σ (observed − expected)² / expected` over cells with an expectation above zero.
    static func statistic(_ observed: [Int], expected: [Double]) -> Double {
        zip(observed, expected).reduce(0) { sum, cell in
            let difference = Double(cell.0) - cell.1
            return sum + difference * difference / cell.1
        }
    }

    /// The value exceeded with probability about 1e-6 (Wilson and Hilferty, PNAS 17, 1931).
    static func critical(degreesOfFreedom: Int) -> Double {
        let degrees = Double(degreesOfFreedom)
        let width = 2 / (9 * degrees)
        let root = 1 - width + 4.753 * width.squareRoot()
        return degrees * root * root * root
    }

    /// True when counts of equally likely cells pass.
    static func isUniform(_ observed: [Int]) -> Bool {
        let expected = Double(observed.reduce(0, +)) / Double(observed.count)
        return statistic(observed, expected: observed.map { _ in expected })
            < critical(degreesOfFreedom: observed.count - 1)
    }
}
