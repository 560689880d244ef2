/// Which axial slice of a volume is the sample.
package enum SliceChoice: Codable, Hashable, Sendable {
    /// Of `count` slices, evenly spaced over the volume, the one of this number from the feet, from 0.
    case even(number: Int, count: Int)
    /// The slice of this number from the feet, from 0.
    case index(Int)

    package static let middle = SliceChoice.even(number: 0, count: 1)

    /// Most slices that one volume gives.
    package static let countLimit = 256

    /// The place among `depth` slices; nil where there are too few.
    func place(among depth: Int) -> Int? {
        switch self {
        case .index(let index): return (0..<depth).contains(index) ? index : nil
        case .even(let number, let count):
            guard (1...min(Self.countLimit, max(1, depth))).contains(count), (0..<count).contains(number) else {
                return nil
            }
            return (2 * number + 1) * depth / (2 * count)
        }
    }
}
