/// Per-image standardisation (x − mean) / (deviation + offset): no statistic crosses from one image to another, so it
/// costs no privacy. The constants belong to the agreement: all hospitals must use the same.
package struct Normalisation: Codable, Hashable, Sendable {
    /// Added to the standard deviation, in grey levels of 0…255; keeps flat images from being blown up.
    package let deviationOffset: Double
    /// Factor on the result.
    package let scale: Double

    package init(deviationOffset: Double = 8, scale: Double = 1) {
        self.deviationOffset = deviationOffset
        self.scale = scale
    }

    package static let standard = Normalisation()

    /// Standardises one image given as grey values 0…255; the deviation is that of the population.
    package func apply(_ grey: some Collection<UInt8>) -> [Float] {
        var sum = 0
        var squares = 0
        for value in grey {
            sum += Int(value)
            squares += Int(value) * Int(value)
        }
        let count = Double(max(1, grey.count))
        let mean = Double(sum) / count
        let variance = max(0, Double(squares) / count - mean * mean)
        let factor = scale / (variance.squareRoot() + deviationOffset)
        return grey.map { Float((Double($0) - mean) * factor) }
    }
}
