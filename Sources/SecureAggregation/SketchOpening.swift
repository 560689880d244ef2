/// What the answers about one dealer's sketch say.
package enum SketchOpening: Sendable, Hashable {
    case opened(OpenedSketch)
    /// More than the threshold answered, and not on one polynomial.
    case offPolynomial
    /// Fewer than the threshold answered.
    case tooFewAnswers
}
