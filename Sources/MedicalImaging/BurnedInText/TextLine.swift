/// Pieces side by side that may be a line of text.
package struct TextLine: Sendable {
    let glyphs: [StrokeComponent]
    let box: PixelRectangle
    /// Height of the larger glyphs, in pixels.
    let size: Double
    /// How many letters the glyphs are: those that touch count as many as they are wide.
    let letters: Double

    init?(_ glyphs: [StrokeComponent]) {
        guard let first = glyphs.first else { return nil }
        self.glyphs = glyphs
        box = glyphs.dropFirst().reduce(first.box) { $0.union($1.box) }
        let heights = glyphs.map(\.box.height).sorted()
        let size = Double(heights[heights.count * 3 / 4])
        self.size = size
        letters = glyphs.reduce(0) { $0 + max(1, (Double($1.box.width) / (0.8 * size)).rounded(.down)) }
        // A letter alone is no line, and neither are the pieces of one.
        guard letters >= 3, box.width * 10 >= box.height * 19 else { return nil }
    }

    /// What tells text from anatomy, in the order of `TextScore`.
    ///
    /// - Parameters:
    ///   - clutter: Share of the surroundings that other pieces cover.
    ///   - threshold: At which the pieces were cut out.
    ///   - scale: How many pixels of the image are one here.
    package func features(clutter: Double, threshold: UInt8, scale: Int) -> [Double] {
        let count = Double(glyphs.count)
        func mean(_ value: (StrokeComponent) -> Double) -> Double { glyphs.map(value).reduce(0, +) / count }
        func deviation(_ value: (StrokeComponent) -> Double) -> Double {
            let middle = mean(value)
            return mean { (value($0) - middle) * (value($0) - middle) }.squareRoot()
        }
        func aligned(_ edge: (PixelRectangle) -> Int) -> Double {
            let edges = glyphs.map { edge($0.box) }.sorted()
            let middle = edges[edges.count / 2]
            let slack = max(1, Int(0.12 * size))
            return Double(edges.filter { abs($0 - middle) <= slack }.count) / count
        }
        let runs = glyphs.reduce(0) { $0 + $1.runsAcross }
        let rows = glyphs.reduce(0) { $0 + $1.box.height }
        let down = glyphs.reduce(0) { $0 + $1.runsDown }
        let columns = glyphs.reduce(0) { $0 + $1.box.width }
        return [
            min(letters, 12), mean(\.sharpness), max(aligned(\.bottom), aligned(\.y)),
            min(aligned(\.bottom), aligned(\.y)), deviation { Double($0.peak) }, Double(runs) / Double(rows),
            Double(down) / Double(columns), mean(\.contrast), deviation(\.contrast) / mean(\.contrast), clutter,
            deviation { Double($0.box.height) } / size, deviation(\.stroke) / mean(\.stroke),
            mean(\.stroke) / size, mean(\.fill), deviation(\.fill), size, count, Double(threshold), Double(scale),
        ]
    }
}
