/// All subsets of one size of a list, in lexicographic order of places.
package struct Subsets<Element>: Sequence, IteratorProtocol {
    private let elements: [Element]
    private var places: [Int]?

    fileprivate init(_ elements: [Element], size: Int) {
        self.elements = elements
        places = size <= elements.count ? Array(0..<size) : nil
    }

    package mutating func next() -> [Element]? {
        guard let current = places else { return nil }
        let last = elements.count - current.count
        if let moved = current.indices.last(where: { current[$0] < last + $0 }) {
            var following = current
            for place in moved..<current.count { following[place] = current[moved] + 1 + place - moved }
            places = following
        } else {
            places = nil
        }
        return current.map { elements[$0] }
    }
}

extension Array {
    package func subsets(of size: Int) -> Subsets<Element> { Subsets(self, size: size) }
}
