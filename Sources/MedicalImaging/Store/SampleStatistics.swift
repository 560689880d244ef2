/// Figures of one sample that tell a sideways or inverted archive without showing an image.
package struct SampleStatistics: Codable, Hashable, Sendable {
    /// Mean grey value, 0…255.
    package let mean: Float
    /// Standard deviation of the grey values.
    package let deviation: Float
    /// Correlation with the image mirrored left to right, −1…1: high for an upright frontal radiograph.
    package let leftRight: Float
    /// Correlation with the image mirrored top to bottom, −1…1: the higher of the two in one that lies on its side.
    package let upDown: Float

    package init(_ pixels: [UInt8], imageSize: Int) {
        precondition(imageSize > 0 && pixels.count == imageSize * imageSize)
        var sum = 0
        var squares = 0
        var acrossColumns = 0
        var acrossRows = 0
        for y in 0..<imageSize {
            for x in 0..<imageSize {
                let value = Int(pixels[y * imageSize + x])
                sum += value
                squares += value * value
                acrossColumns += value * Int(pixels[y * imageSize + imageSize - 1 - x])
                acrossRows += value * Int(pixels[(imageSize - 1 - y) * imageSize + x])
            }
        }
        let count = Double(pixels.count)
        let mean = Double(sum) / count
        let variance = max(0, Double(squares) / count - mean * mean)
        self.mean = Float(mean)
        deviation = Float(variance.squareRoot())
        leftRight = variance > 0 ? Float((Double(acrossColumns) / count - mean * mean) / variance) : 0
        upDown = variance > 0 ? Float((Double(acrossRows) / count - mean * mean) / variance) : 0
    }
}
