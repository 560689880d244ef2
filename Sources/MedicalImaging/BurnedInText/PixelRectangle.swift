/// A rectangle of pixels: columns `x ..< x + width`, rows `y ..< y + height`.
package struct PixelRectangle: Codable, Hashable, Sendable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    package var right: Int { x + width }
    package var bottom: Int { y + height }

    func union(_ other: PixelRectangle) -> PixelRectangle {
        let left = min(x, other.x)
        let top = min(y, other.y)
        return PixelRectangle(
            x: left, y: top, width: max(right, other.right) - left, height: max(bottom, other.bottom) - top)
    }

    func intersects(_ other: PixelRectangle) -> Bool {
        x < other.right && other.x < right && y < other.bottom && other.y < bottom
    }

    /// Grown on every side, and cut where the image ends.
    func grown(_ across: Int, _ down: Int, in width: Int, _ height: Int) -> PixelRectangle {
        let left = max(0, x - across)
        let top = max(0, y - down)
        return PixelRectangle(
            x: left, y: top, width: min(width, right + across) - left, height: min(height, bottom + down) - top)
    }

    func scaled(by factor: Int) -> PixelRectangle {
        PixelRectangle(x: x * factor, y: y * factor, width: width * factor, height: height * factor)
    }

    var transposed: PixelRectangle { PixelRectangle(x: y, y: x, width: height, height: width) }
}
