/// A connected piece of what stands out from its surroundings: a glyph, several that touch, or none.
struct StrokeComponent: Sendable {
    var box: PixelRectangle
    var area = 0
    /// Runs of pixels along rows, and along columns.
    var runsAcross = 0
    var runsDown = 0
    /// Largest grey value.
    var peak: UInt8 = 0
    /// Sum of the top-hat.
    var contrastSum = 0
    /// Sum over the ends of runs along rows of the step of grey over two pixels.
    var edgeSum = 0

    var contrast: Double { Double(contrastSum) / Double(area) }
    /// Mean step at its edges beside its contrast: near one where they are sharp.
    var sharpness: Double { Double(edgeSum) / Double(2 * runsAcross) / contrast }
    /// Mean width of strokes, in pixels.
    var stroke: Double { Double(area) / Double(max(runsAcross, runsDown)) }
    var fill: Double { Double(area) / Double(box.width * box.height) }

    /// The same piece with rows and columns exchanged.
    var transposed: StrokeComponent {
        var other = self
        other.box = box.transposed
        swap(&other.runsAcross, &other.runsDown)
        other.edgeSum = edgeSum * max(1, runsDown) / max(1, runsAcross)
        return other
    }

    /// All pieces of at least `threshold` in `hat`, eight neighbours joined; at most `limit` runs, else nil.
    static func components(
        of hat: [UInt8], over plane: GreyPlane, threshold: UInt8, limit: Int
    ) -> [StrokeComponent]? {
        let (width, height) = (plane.width, plane.height)
        var runs: [(start: Int32, end: Int32, row: Int32)] = []
        var sets = DisjointSets(count: 0)
        var components: [Int: StrokeComponent] = [:]
        let isWhole = hat.withUnsafeBufferPointer { hat in
            var previous = 0..<0
            for y in 0..<height {
                let begin = runs.count
                var x = 0
                var above = previous.lowerBound
                while x < width {
                    guard hat[y * width + x] >= threshold else {
                        x += 1
                        continue
                    }
                    let start = x
                    while x < width, hat[y * width + x] >= threshold { x += 1 }
                    let own = runs.count
                    runs.append((Int32(start), Int32(x), Int32(y)))
                    sets.append()
                    while above < previous.upperBound, runs[above].end < start { above += 1 }
                    var other = above
                    while other < previous.upperBound, runs[other].start <= x {
                        sets.join(own, other)
                        other += 1
                    }
                }
                guard runs.count <= limit else { return false }
                previous = begin..<runs.count
            }
            return true
        }
        guard isWhole else { return nil }
        hat.withUnsafeBufferPointer { hat in
            plane.values.withUnsafeBufferPointer { grey in
                for (index, run) in runs.enumerated() {
                    let (start, end, y) = (Int(run.start), Int(run.end), Int(run.row))
                    let box = PixelRectangle(x: start, y: y, width: end - start, height: 1)
                    let key = sets.root(index)
                    var own = components[key] ?? StrokeComponent(box: box)
                    own.box = own.box.union(box)
                    own.area += end - start
                    own.runsAcross += 1
                    let row = y * width
                    for x in start..<end {
                        own.contrastSum += Int(hat[row + x])
                        own.peak = max(own.peak, grey[row + x])
                        if y == 0 || hat[row - width + x] < threshold { own.runsDown += 1 }
                    }
                    own.edgeSum += Int(grey[row + start]) - Int(grey[row + max(0, start - 2)])
                    own.edgeSum += Int(grey[row + end - 1]) - Int(grey[row + min(width - 1, end + 1)])
                    components[key] = own
                }
            }
        }
        return components.sorted { $0.key < $1.key }.map(\.value)
    }
}
