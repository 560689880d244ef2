package import DifferentialPrivacy

/// What local training gave: the difference to the round's base model, unprotected, with what it released.
///
/// It never leaves the hospital: no message can carry it, and only `bounded(toNorm:)` accepts it.
package struct TrainedUpdate: Sendable {
    /// Parameter differences, in the units of the model, one per parameter.
    package let difference: [Float]
    /// The privacy events that training under the agreement's terms produced; nil without privacy.
    package let event: PrivacyEvent?

    package init(difference: [Float], event: PrivacyEvent?) {
        self.difference = difference
        self.event = event
    }

    /// `u · min(1, C/‖u‖₂)`: at most `C` in L2 norm. A value that is not a number counts as zero.
    package func bounded(toNorm clipNorm: Double) -> BoundedUpdate {
        let finite = difference.map { $0.isFinite ? $0 : 0 }
        let norm = finite.reduce(into: 0.0) { $0 += Double($1) * Double($1) }.squareRoot()
        let factor = norm > clipNorm ? Float(clipNorm / norm) : 1
        return BoundedUpdate(values: factor < 1 ? finite.map { $0 * factor } : finite, clipNorm: clipNorm, event: event)
    }
}
