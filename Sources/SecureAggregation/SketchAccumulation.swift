internal import HomomorphicEncryption
internal import RingArithmetic

/// The sketch of an opened sum, accumulated block by block; equal to the sum of its contributions' sketches unless the
/// encrypted sum was changed.
///
/// It covers the padding behind the last parameter, so that a hospital that hides something there changes nothing.
package struct SketchAccumulation: Sendable {
    private var blocks: SketchBlocks
    /// Entry `row·F + f`, of the blocks added so far.
    package private(set) var sketch: [Int64]

    package init(families: SketchFamilies) {
        blocks = families.blocks()
        let parameters = families.parameters
        sketch = [Int64](repeating: 0, count: parameters.sketchCoordinates * parameters.fields)
    }

    /// Adds the digits of the next block, `N·F` of them.
    package mutating func add(_ digits: [Int64]) {
        blocks.advance()
        let limbs = LimbVector.limbs(for: digits.lazy.map(\.magnitude).max() ?? 0)
        blocks.add(sketchOf: digits, from: 0, limbCount: limbs, to: &sketch)
    }
}
