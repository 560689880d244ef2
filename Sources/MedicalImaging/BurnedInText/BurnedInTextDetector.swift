/// Finds text that was burned into an image: strokes lighter or darker than their surroundings, of one grey, with sharp
/// edges, side by side on a line; along rows or columns, with capitals of about 6 to 100 pixels.
///
/// A single letter, as the L or R of a radiograph's side, is no text: it names nobody.
package struct BurnedInTextDetector: Sendable {
    /// A line that may be text, with what tells.
    package struct Candidate: Sendable {
        package let box: PixelRectangle
        package let features: [Double]
        package var isText: Bool { TextScore.score(features) > 0 }
    }

    package init() {}

    /// Side of the square of the top-hat: strokes at one scale are narrower.
    private static let hatSide = 9
    private static let thresholds: [UInt8] = [36, 64, 104, 160]
    private static let glyphHeight = 5...34
    /// More pieces than this are noise, not text.
    private static let runLimit = 400_000

    /// Rectangles that cover the text, apart from each other, in order of rows.
    package func regions(in plane: GreyPlane) -> [PixelRectangle] {
        Self.merged(candidates(in: plane).filter(\.isText).map(\.box))
    }

    /// Every line of pieces, text or not, at each scale and in both polarities and directions.
    package func candidates(in plane: GreyPlane) -> [Candidate] {
        var found: [Candidate] = []
        var level = plane
        var scale = 1
        while min(level.width, level.height) >= 16 {
            for candidate in [level, level.inverted] {
                found += lines(in: candidate, scale: scale).map {
                    let box = $0.box.scaled(by: scale).grown(scale, scale, in: plane.width, plane.height)
                    return Candidate(box: box, features: $0.features)
                }
            }
            guard min(level.width, level.height) >= 128 else { break }
            level = level.halved
            scale *= 2
        }
        return found
    }

    private func lines(in plane: GreyPlane, scale: Int) -> [Candidate] {
        let hat = plane.topHat(Self.hatSide)
        var found: [Candidate] = []
        for threshold in Self.thresholds {
            guard
                let all = StrokeComponent.components(
                    of: hat, over: plane, threshold: threshold, limit: Self.runLimit)
            else { continue }
            for isUpright in [true, false] {
                let pieces = isUpright ? all : all.map(\.transposed)
                let (width, height) = isUpright ? (plane.width, plane.height) : (plane.height, plane.width)
                let lines = Self.grouped(pieces.filter(Self.isGlyph))
                // A letter of a quarter of the image is no annotation.
                for line in lines where line.size * 4 <= Double(min(width, height)) {
                    let clutter = Self.clutter(around: line, pieces, lines)
                    let margin = max(3, line.box.height / 3)
                    let box = Self.absorbing(pieces, into: line).grown(margin, margin, in: width, height)
                    found.append(
                        Candidate(
                            box: isUpright ? box : box.transposed,
                            features: line.features(clutter: clutter, threshold: threshold, scale: scale)))
                }
            }
        }
        return found
    }

    private static func isGlyph(_ piece: StrokeComponent) -> Bool {
        let box = piece.box
        guard glyphHeight.contains(box.height), box.width <= 24 * box.height, piece.area >= 5 else { return false }
        guard piece.stroke <= max(2.2, 0.34 * Double(box.height)), piece.fill <= 0.95 else { return false }
        // Letters that touch have many strokes a row; a long thin piece is a wire or an edge.
        let wide = Double(box.width) / Double(box.height)
        return wide <= 1.6 || Double(piece.runsAcross) / Double(box.height) >= 0.9 * wide
    }

    /// Groups of pieces that stand side by side, alike in height and grey.
    private static func grouped(_ glyphs: [StrokeComponent]) -> [TextLine] {
        let sorted = glyphs.sorted { ($0.box.x, $0.box.y) < ($1.box.x, $1.box.y) }
        var sets = DisjointSets(count: sorted.count)
        for (index, left) in sorted.enumerated() {
            let reach = left.box.right + 8 * glyphHeight.upperBound / 5
            for other in sorted.indices.dropFirst(index + 1) {
                guard sorted[other].box.x <= reach else { break }
                if areNeighbours(left, sorted[other]) { sets.join(index, other) }
            }
        }
        var groups: [Int: [StrokeComponent]] = [:]
        for index in sorted.indices { groups[sets.root(index), default: []].append(sorted[index]) }
        return groups.sorted { $0.key < $1.key }.compactMap { TextLine($0.value) }
    }

    private static func areNeighbours(_ left: StrokeComponent, _ right: StrokeComponent) -> Bool {
        let (small, large) = (min(left.box.height, right.box.height), max(left.box.height, right.box.height))
        guard Double(large) <= 2.2 * Double(small) else { return false }
        let overlap = min(left.box.bottom, right.box.bottom) - max(left.box.y, right.box.y)
        guard 2 * overlap >= small else { return false }
        let gap = right.box.x - left.box.right
        guard gap >= -large / 2, Double(gap) <= 1.6 * Double(large) else { return false }
        guard abs(Int(left.peak) - Int(right.peak)) <= 48 else { return false }
        let ratio = left.contrast / right.contrast
        return ratio < 2 && ratio > 0.5
    }

    /// Share of a line's surroundings that pieces cover which are neither its own nor those of other lines.
    private static func clutter(around line: TextLine, _ pieces: [StrokeComponent], _ lines: [TextLine]) -> Double {
        let margin = Int(line.size)
        let (own, third) = (line.box, margin / 3)
        let ring = PixelRectangle(
            x: own.x - margin, y: own.y - margin, width: own.width + 2 * margin, height: own.height + 2 * margin)
        let others = lines.map(\.box).filter { $0 != own && $0.intersects(ring) }
        var area = 0
        for piece in pieces where piece.area >= 3 && piece.box.intersects(ring) {
            let box = piece.box
            let isInside =
                box.x >= own.x - margin && box.right <= own.right + margin && box.y >= own.y - third
                && box.bottom <= own.bottom + third
            if isInside || others.contains(where: { $0.intersects(box) }) { continue }
            area += piece.area
        }
        return Double(area) / Double(ring.width * ring.height - own.width * own.height)
    }

    /// Takes in dots, dashes and letters that were no glyphs by themselves, to both ends of the line.
    private static func absorbing(_ pieces: [StrokeComponent], into line: TextLine) -> PixelRectangle {
        var box = line.box
        let peak = line.glyphs.map { Int($0.peak) }.reduce(0, +) / line.glyphs.count
        let reach = line.box.height * 3 / 2
        let beside = pieces.filter { piece in
            piece.box.y >= box.y - box.height / 2 && piece.box.bottom <= box.bottom + box.height / 2
                && abs(Int(piece.peak) - peak) <= 60 && piece.box.width <= 8 * box.height
        }
        var hasGrown = true
        while hasGrown {
            hasGrown = false
            for piece in beside {
                let gap = max(piece.box.x - box.right, box.x - piece.box.right)
                let union = box.union(piece.box)
                if gap <= reach, union != box {
                    box = union
                    hasGrown = true
                }
            }
        }
        return box
    }

    /// Joins rectangles that overlap, until none do.
    static func merged(_ boxes: [PixelRectangle]) -> [PixelRectangle] {
        var result: [PixelRectangle] = []
        for box in boxes {
            var own = box
            while let index = result.firstIndex(where: { $0.intersects(own) }) {
                own = own.union(result.remove(at: index))
            }
            result.append(own)
        }
        return result.sorted { ($0.y, $0.x) < ($1.y, $1.x) }
    }
}
