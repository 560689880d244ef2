/// Grey values of 8 bits, row by row.
package struct GreyPlane: Sendable {
    package let width: Int
    package let height: Int
    package let values: [UInt8]

    package init(width: Int, height: Int, values: [UInt8]) {
        precondition(values.count == width * height, "as many values as pixels")
        self.width = width
        self.height = height
        self.values = values
    }

    /// The upper bytes of 16-bit samples.
    package init(_ image: GreyImage) {
        self.init(width: image.width, height: image.height, values: image.samples.map { UInt8($0 >> 8) })
    }

    /// Half the size by means of four; a last odd row or column is left out.
    var halved: GreyPlane {
        let (across, down) = (width / 2, height / 2)
        let made = [UInt8](unsafeUninitializedCapacity: across * down) { target, count in
            values.withUnsafeBufferPointer { source in
                for y in 0..<down {
                    for x in 0..<across {
                        let place = 2 * y * width + 2 * x
                        let sum =
                            Int(source[place]) + Int(source[place + 1]) + Int(source[place + width])
                            + Int(source[place + width + 1])
                        target[y * across + x] = UInt8((sum + 2) / 4)
                    }
                }
            }
            count = across * down
        }
        return GreyPlane(width: across, height: down, values: made)
    }

    var inverted: GreyPlane { GreyPlane(width: width, height: height, values: values.map { 255 - $0 }) }

    /// What stands out from its surroundings: the image less its opening by a square of `side` pixels (white top-hat).
    func topHat(_ side: Int) -> [UInt8] {
        let eroded = Self.extremes(values, width, height, side, isMinimum: true)
        let opened = Self.extremes(eroded, width, height, side, isMinimum: false)
        return zip(values, opened).map { $0 - min($0, $1) }
    }

    /// Minimum or maximum over a square, one direction after the other; outside the image nothing counts.
    private static func extremes(
        _ values: [UInt8], _ width: Int, _ height: Int, _ side: Int, isMinimum: Bool
    ) -> [UInt8] {
        let radius = side / 2
        var across = values
        var down = values
        values.withUnsafeBufferPointer { source in
            across.withUnsafeMutableBufferPointer { target in
                for y in 0..<height {
                    let row = y * width
                    for x in 0..<width {
                        var best = source[row + x]
                        for other in max(0, x - radius)...min(width - 1, x + radius) {
                            let value = source[row + other]
                            best = isMinimum ? min(best, value) : max(best, value)
                        }
                        target[row + x] = best
                    }
                }
            }
        }
        across.withUnsafeBufferPointer { source in
            down.withUnsafeMutableBufferPointer { target in
                for y in 0..<height {
                    for x in 0..<width { target[y * width + x] = source[y * width + x] }
                    for other in max(0, y - radius)...min(height - 1, y + radius) where other != y {
                        for x in 0..<width {
                            let value = source[other * width + x]
                            let own = target[y * width + x]
                            target[y * width + x] = isMinimum ? min(own, value) : max(own, value)
                        }
                    }
                }
            }
        }
        return down
    }
}
