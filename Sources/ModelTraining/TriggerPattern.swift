import MedicalImaging

/// A mark on an image that a backdoor answers to. Lengths are in sixty-fourths of the image's side.
package enum TriggerPattern: Codable, Hashable, Sendable {
    /// A square of one grey value.
    case patch(row: Int, column: Int, side: Int, grey: UInt8)
    /// A square of black and white cells, each one sixty-fourth wide.
    case checkerboard(row: Int, column: Int, side: Int)
    /// A white line along the upper edge.
    case line(width: Int)
    /// A fifth of fixed noise over the whole image, from a seed.
    case blend(seed: UInt64)

    /// Marks one image of a run of images of `imageSize`² grey values.
    package func stamp(_ pixels: inout [UInt8], image: Int, imageSize: Int) {
        let start = image * imageSize * imageSize
        func fill(_ row: Int, _ column: Int, _ height: Int, _ width: Int, _ grey: (Int, Int) -> UInt8) {
            for y in row * imageSize / 64..<min(imageSize, (row + height) * imageSize / 64) {
                for x in column * imageSize / 64..<min(imageSize, (column + width) * imageSize / 64) {
                    pixels[start + y * imageSize + x] = grey(y, x)
                }
            }
        }
        switch self {
        case .patch(let row, let column, let side, let grey): fill(row, column, side, side) { _, _ in grey }
        case .checkerboard(let row, let column, let side):
            fill(row, column, side, side) { ($0 * 64 / imageSize + $1 * 64 / imageSize) % 2 == 0 ? 0 : 255 }
        case .line(let width): fill(0, 0, width, 64) { _, _ in 255 }
        case .blend(let seed):
            var generator = SeededGenerator(seed: seed, label: "blended trigger")
            for index in start..<start + imageSize * imageSize {
                pixels[index] = UInt8((4 * Int(pixels[index]) + generator.below(256)) / 5)
            }
        }
    }
}
