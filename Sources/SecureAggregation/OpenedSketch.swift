/// An opened sketch: `F` digits and one noise value a row.
package struct OpenedSketch: Sendable, Hashable {
    /// Entry `row·F + f`.
    package let digits: [Int64]
    package let noise: [Int64]

    package init(digits: [Int64], noise: [Int64]) {
        self.digits = digits
        self.noise = noise
    }
}
