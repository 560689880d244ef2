import Foundation

/// How like two grey images are.
package struct ImageLikeness: Hashable, Sendable {
    /// Peak signal to noise ratio in decibels, of a peak of 255; at most 100.
    package let peakSignalToNoise: Double
    /// Mean structural similarity, −1…1 (Wang et al. 2004): 11 × 11 Gaussian windows of deviation 1.5 that lie within
    /// the image, K = .01 and .03, population covariances.
    package let structuralSimilarity: Double

    private static let radius = 5

    /// - Parameters:
    ///   - width: of both, in pixels.
    package init(_ one: [Double], _ other: [Double], width: Int) {
        precondition(one.count == other.count && width > 2 * Self.radius && one.count % width == 0)
        let square = zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(one.count)
        let ratio: Double = 65_025 / max(square, 1e-10)
        peakSignalToNoise = min(100, 10 * log10(ratio))
        let height = one.count / width
        let weights = (-Self.radius...Self.radius).map { (offset: Int) -> Double in
            exp(-Double(offset * offset) / (2 * 1.5 * 1.5))
        }
        let total = weights.reduce(0, +)
        let c1: Double = 2.55 * 2.55
        let c2: Double = 7.65 * 7.65
        var sum = 0.0
        var count = 0.0
        for row in Self.radius..<height - Self.radius {
            for column in Self.radius..<width - Self.radius {
                var (a, b, aa, bb, ab) = (0.0, 0.0, 0.0, 0.0, 0.0)
                for (dy, wy) in weights.enumerated() {
                    let start = (row + dy - Self.radius) * width + column - Self.radius
                    for (dx, wx) in weights.enumerated() {
                        let weight = wy * wx / (total * total)
                        let (x, y) = (one[start + dx], other[start + dx])
                        a += weight * x
                        b += weight * y
                        aa += weight * x * x
                        bb += weight * y * y
                        ab += weight * x * y
                    }
                }
                let (va, vb, cov) = (aa - a * a, bb - b * b, ab - a * b)
                sum += (2 * a * b + c1) * (2 * cov + c2) / ((a * a + b * b + c1) * (va + vb + c2))
                count += 1
            }
        }
        structuralSimilarity = sum / max(1, count)
    }
}
